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

/** A block device. Its size is what the kernel says: a device has no length as a file has. */
final class DeviceView implements DiskView {

    private final FileChannel channel;
    private final long sizeBytes;
    private final Changes changes;

    DeviceView(String volume, Path device) throws IOException {
        sizeBytes = LinuxCalls.deviceBytes(device);
        channel = FileChannel.open(device, StandardOpenOption.READ);
        changes = new Changes.Unknown(Texts.explain("no-tracking", volume));
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        return DiskView.read(channel, sizeBytes, position, target);
    }

    @Override
    public Changes changes() {
        return changes;
    }

    /** A device does not tell what was never written. */
    @Override
    public List<ByteRange> allocated() {
        return sizeBytes == 0 ? List.of() : List.of(new ByteRange(0, sizeBytes));
    }

    void close() {
        Closing.quietly(channel);
    }
}
