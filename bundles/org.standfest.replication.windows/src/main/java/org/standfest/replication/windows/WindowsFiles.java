package org.standfest.replication.windows;

import org.standfest.replication.pool.files.ForwardingPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The files of a Windows machine: trees with access control lists, attributes and alternate
 * streams, and with what tells a changed file from an unchanged one. Everything else is left to the
 * files it is given. Safe for any thread. Never tried on Windows.
 */
public final class WindowsFiles implements ForwardingPoolFiles {

    private final PoolFiles plain;
    private final FileFacts facts;

    WindowsFiles(PoolFiles plain, FileFacts facts) {
        this.plain = plain;
        this.facts = facts;
    }

    /** Files of this machine: these on Windows, the given ones anywhere else. */
    public static PoolFiles ofThisSystem(PoolFiles plain) {
        return isWindows() ? new WindowsFiles(plain, new WindowsCalls()) : plain;
    }

    /** Whether this is Windows. */
    static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    @Override
    public PoolFiles real() {
        return plain;
    }

    @Override
    public TreeFiles tree(Path directory) throws IOException {
        return new WindowsTree(directory, plain.tree(directory), facts);
    }
}
