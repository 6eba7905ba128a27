package org.standfest.replication.pool.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes file systems durable, and begins with it early on a thread of its own.
 *
 * <p>The kernel tells a write that failed in the background to the first {@code syncfs} of each
 * descriptor that was open by then, and to nobody who opens one after somebody heard of it. So the
 * descriptor for the call that counts is opened before the first early call, and used by none of
 * those: a fault that only an early call met is still told. Safe for any thread.
 */
final class EarlySync {

    private final AtomicBoolean running = new AtomicBoolean();

    /** Descriptors that will hear of every fault since they were opened. */
    private final Map<Path, Integer> kept = new HashMap<>();

    /** Begins; nothing happens while an earlier call is still at work. */
    void start(Path directory) {
        try {
            synchronized (kept) {
                if (!kept.containsKey(directory)) {
                    kept.put(directory, open(new LibC(), directory));
                }
            }
        } catch (IOException notThere) {
            // whoever needs it to be durable hears of it from finish
            return;
        }
        if (running.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("early-sync").start(() -> write(directory));
        }
    }

    private void write(Path directory) {
        try {
            sync(directory);
        } catch (IOException told) {
            // the kept descriptor hears of it
        } finally {
            running.set(false);
        }
    }

    private static void sync(Path directory) throws IOException {
        LibC c = new LibC();
        int fd = open(c, directory);
        try {
            c.syncFileSystem(fd);
        } finally {
            c.close(fd);
        }
    }

    private static int open(LibC c, Path directory) throws IOException {
        byte[] name = directory.toString().getBytes(StandardCharsets.UTF_8);
        return c.open(LibC.AT_FDCWD, name, LibC.O_RDONLY | LibC.O_DIRECTORY, 0);
    }

    /** Makes everything on the file system of a directory durable. */
    void finish(Path directory) throws IOException {
        Integer known;
        synchronized (kept) {
            known = kept.remove(directory);
        }
        LibC c = new LibC();
        try {
            // the directory may be another one by now than that of an abandoned attempt
            sync(directory);
            if (known != null) {
                c.syncFileSystem(known);
            }
        } finally {
            if (known != null) {
                c.close(known);
            }
        }
    }
}
