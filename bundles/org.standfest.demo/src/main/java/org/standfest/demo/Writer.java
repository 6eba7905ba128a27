package org.standfest.demo;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The users of the demo's service: they write entries one after another, without a pause for
 * anything Standfest does, and remember exactly what was acknowledged when.
 */
final class Writer implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private final Ledger ledger;
    private final InstantSource clock;
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final AtomicReference<Entry.Era> era = new AtomicReference<>(Entry.Era.BEFORE);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean paused = new AtomicBoolean(true);
    private final Thread thread;

    Writer(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("ledger-writer").start(this::work);
    }

    /** From now on entries belong to another part of the journey. */
    void era(Entry.Era next) {
        era.set(next);
    }

    /** Lets the users write, or rest. */
    void write(boolean on) {
        paused.set(!on);
        LockSupport.unpark(thread);
    }

    /** What was written so far. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many entries of this part were acknowledged so far. */
    long acknowledged(Entry.Era part) {
        return entries.stream().filter(it -> it.era() == part && it.acknowledged()).count();
    }

    @Override
    public void close() {
        ended.set(true);
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        for (int number = 1; !ended.get(); number++) {
            while (paused.get() && !ended.get()) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
            if (ended.get()) {
                return;
            }
            Entry.Era now = era.get();
            String text = now.name().toLowerCase(Locale.ROOT) + "-" + number;
            var sentAt = clock.instant();
            boolean acknowledged = ledger.append(text);
            entries.add(new Entry(text, now, sentAt, acknowledged ? clock.instant() : null));
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }
}
