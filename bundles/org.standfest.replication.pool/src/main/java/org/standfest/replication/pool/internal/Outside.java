package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Writing outside of the pool, where nothing is or an empty folder. What did not come to its end is
 * removed: nobody is to take a part for the whole, and the next attempt is not refused for it.
 */
final class Outside {

    private Outside() {}

    /** What is written. */
    @FunctionalInterface
    interface Writing<T> {
        T write() throws IOException, Refusal;
    }

    /**
     * Writes.
     *
     * @param own names of what is written into the target; empty: the target itself. Others may put
     *     something beside them meanwhile
     * @throws Refusal when there is something at the target
     */
    static <T> T write(PoolFiles files, Path target, Collection<String> own, Writing<T> writing)
            throws IOException, Refusal {
        boolean there = files.exists(target);
        if (there && !files.list(target).isEmpty()) {
            throw Refusal.of("pool.target-not-empty", target);
        }
        try {
            return writing.write();
        } catch (IOException | Refusal | RuntimeException broken) {
            try {
                remove(files, target, own, there);
            } catch (IOException stays) {
                broken.addSuppressed(stays);
            }
            throw broken;
        }
    }

    private static void remove(PoolFiles files, Path target, Collection<String> own, boolean stays)
            throws IOException {
        for (String name : own) {
            files.deleteTree(target.resolve(name));
        }
        if (!stays && (own.isEmpty() || files.list(target).isEmpty())) {
            files.deleteTree(target);
        }
    }
}
