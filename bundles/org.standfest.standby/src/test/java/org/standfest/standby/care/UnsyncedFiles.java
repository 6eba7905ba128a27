package org.standfest.standby.care;

import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * Real files, without waiting for the disk at every sync: only a power failure would tell the
 * difference.
 */
final class UnsyncedFiles implements InvocationHandler {

    private static final Set<String> SYNCS = Set.of("force", "syncDirectory", "syncAll", "sync");

    private final Object real;

    private UnsyncedFiles(Object real) {
        this.real = real;
    }

    static PoolFiles files() {
        return wrap(PoolFiles.class, new LocalPoolFiles());
    }

    private static <T> T wrap(Class<T> type, Object real) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, new UnsyncedFiles(real)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (SYNCS.contains(method.getName()) && method.getReturnType() == void.class) {
            return null;
        }
        Object[] unwrapped = arguments == null ? new Object[0] : arguments.clone();
        for (int i = 0; i < unwrapped.length; i++) {
            if (unwrapped[i] != null
                    && Proxy.isProxyClass(unwrapped[i].getClass())
                    && Proxy.getInvocationHandler(unwrapped[i]) instanceof UnsyncedFiles other) {
                unwrapped[i] = other.real;
            }
        }
        try {
            return switch (method.invoke(real, unwrapped)) {
                case PoolFile file -> wrap(PoolFile.class, file);
                case TreeFiles tree -> wrap(TreeFiles.class, tree);
                case null -> null;
                case Object other -> other;
            };
        } catch (InvocationTargetException fault) {
            throw fault.getCause();
        }
    }
}
