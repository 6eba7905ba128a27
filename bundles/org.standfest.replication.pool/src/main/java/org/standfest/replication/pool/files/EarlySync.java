package org.standfest.replication.pool.files;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets the disks begin early with what waits to be written, on a thread of its own.
 *
 * <p>By {@code sync}, not by {@code syncfs}: nobody would hear what an early {@code syncfs} is
 * told, and whoever opens a descriptor afterwards is not told again (see {@link FileSystemWatch});
 * {@code sync} reports nothing and takes nothing away. It writes the machine's other file systems
 * too; nobody waits for it. Safe for any thread.
 */
final class EarlySync {

    private final AtomicBoolean running = new AtomicBoolean();

    /** Begins; nothing happens while an earlier call is still at work. */
    void start() {
        if (running.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("early-sync").start(this::write);
        }
    }

    private void write() {
        try {
            new LibC().sync();
        } finally {
            running.set(false);
        }
    }
}
