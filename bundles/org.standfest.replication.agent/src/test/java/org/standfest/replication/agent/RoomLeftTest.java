package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.pool.files.ForwardingPoolFiles;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

final class RoomLeftTest {

    @TempDir Path home;
    private long usable = RoomLeft.KEPT_FREE_BYTES;
    private Path asked;

    private final class Filling implements ForwardingPoolFiles {

        private final PoolFiles real = new LocalPoolFiles();

        @Override
        public PoolFiles real() {
            return real;
        }

        @Override
        public long usableBytes(Path directory) {
            asked = directory;
            return usable;
        }
    }

    private boolean endsWithin(RoomLeft room, int messages) {
        boolean ended = false;
        for (int i = 0; i < messages && !ended; i++) {
            ended = room.requested();
        }
        return ended;
    }

    @Test
    void itEndsBeforeTheDiskIsFull() {
        RoomLeft room = new RoomLeft(new Filling(), home.resolve("r-1/landed"), Cancellation.NEVER);
        assertFalse(endsWithin(room, 1000));
        assertEquals(home, asked, "the disk that the folder will be on");
        usable--;
        assertTrue(endsWithin(room, 257));
        assertTrue(room.full());
        usable = Long.MAX_VALUE;
        assertTrue(room.requested(), "once it ended it stays so");
    }

    @Test
    void whoeverCancelsIsHeardAndIsNotTakenForAFullDisk() {
        AtomicBoolean cancelled = new AtomicBoolean();
        RoomLeft room = new RoomLeft(new Filling(), home, cancelled::get);
        assertFalse(room.requested());
        cancelled.set(true);
        assertTrue(room.requested());
        assertFalse(room.full());
    }
}
