package org.standfest.replication.snapshots;

import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An image as it was when it was cloned. A fresh clone shares no page cache with its original, so
 * reading it is reading the device: as long as the original is proven unchanged by its times, each
 * read asked after it, the original is read instead, and the first read for which it is not is done
 * again from the clone.
 */
final class CloneView implements DiskView {

    private static final long SPACE_CHECK_BYTES = 16L << 20;

    private final Path original;
    private final Path clone;
    private final Stamp stamp;
    private final CloneFolder folder;
    private final Changes changes;
    private final FileChannel fromOriginal;
    private final FileChannel fromClone;
    private final AtomicLong bytesRead = new AtomicLong();
    private volatile boolean unchanged;

    /**
     * @param stamp the original's just after cloning
     * @param proven whether the stamp tells every change since the instant of the clone
     */
    CloneView(
            Path original,
            Path clone,
            Stamp stamp,
            boolean proven,
            CloneFolder folder,
            Changes changes)
            throws IOException {
        this.original = original;
        this.clone = clone;
        this.stamp = stamp;
        this.folder = folder;
        this.changes = changes;
        this.unchanged = proven;
        fromClone = FileChannel.open(clone, StandardOpenOption.READ);
        FileChannel warm = null;
        try {
            warm = FileChannel.open(original, StandardOpenOption.READ);
        } catch (IOException gone) {
            unchanged = false;
        }
        fromOriginal = warm;
    }

    @Override
    public long sizeBytes() {
        return stamp.sizeBytes();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        int start = target.position();
        if (unchanged) {
            int count = DiskView.read(fromOriginal, sizeBytes(), position, target);
            if (stamp.holds(original)) {
                return count;
            }
            unchanged = false;
            target.position(start);
        }
        int count = DiskView.read(fromClone, sizeBytes(), position, target);
        if (bytesRead.addAndGet(count) >= SPACE_CHECK_BYTES) {
            bytesRead.set(0);
            if (folder.tooFull()) {
                folder.removeTaking();
                folder.forget();
                throw new IOException(
                        "the file system of "
                                + original
                                + " is nearly full: its clone was removed");
            }
        }
        return count;
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public List<ByteRange> allocated() throws IOException {
        return LinuxCalls.data(clone, sizeBytes()).stream()
                .map(pair -> new ByteRange(pair[0], pair[1] - pair[0]))
                .toList();
    }

    void close() {
        Closing.quietly(fromClone);
        if (fromOriginal != null) {
            Closing.quietly(fromOriginal);
        }
    }
}
