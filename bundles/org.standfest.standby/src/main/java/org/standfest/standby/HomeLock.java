package org.standfest.standby;

import org.standfest.results.Outcome;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Makes sure that only one process works in a home folder. */
final class HomeLock implements Closeable {

    private final FileChannel channel;
    private final boolean locked;

    private HomeLock(StandbyHome home) throws IOException {
        home.create();
        channel =
                FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        locked = tryLock(channel);
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    /** Takes the lock, which lasts until it is closed or the process ends. */
    static Outcome<Closeable> take(StandbyHome home) {
        try {
            HomeLock lock = new HomeLock(home);
            if (lock.locked) {
                return Outcome.done(lock);
            }
            lock.close();
            return Outcome.refused(StandbyTexts.explain("standby.runs-already", home.folder()));
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-write", fault.toString()), fault);
        }
    }

    static void giveBack(Closeable lock) {
        try {
            lock.close();
        } catch (IOException _) {
            // the process's end frees it in any case
            return;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
