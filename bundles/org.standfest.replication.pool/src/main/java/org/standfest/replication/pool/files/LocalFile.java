package org.standfest.replication.pool.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A file of the pool through the JDK; only holes need the C library. */
final class LocalFile implements PoolFile {

    private static final Set<String> SHARING = Set.of("xfs", "btrfs", "bcachefs", "ocfs2");

    private final Path path;
    private final FileChannel channel;
    private final boolean nativeCalls;
    private final boolean writable;
    private LibC c;
    private int fd = -1;
    private Boolean sharing;

    LocalFile(Path path, FileChannel channel, boolean nativeCalls, boolean writable) {
        this.path = path;
        this.channel = channel;
        this.nativeCalls = nativeCalls;
        this.writable = writable;
    }

    /** The file once more, for calls the JDK does not have. */
    private int descriptor() throws IOException {
        if (fd < 0) {
            c = new LibC();
            byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
            fd =
                    c.open(
                            LibC.AT_FDCWD,
                            name,
                            (writable ? LibC.O_RDWR : LibC.O_RDONLY) | LibC.O_NOFOLLOW,
                            0);
        }
        return fd;
    }

    @Override
    public boolean share(PoolFile source, long sourcePosition, long position, long lengthBytes)
            throws IOException {
        if (sharing == null) {
            // asked by name first: binding native code is not worth it where sharing is unheard of
            sharing = nativeCalls && SHARING.contains(Files.getFileStore(path).type());
        }
        if (!sharing || !(source instanceof LocalFile other)) {
            return false;
        }
        try {
            int from = other.descriptor();
            int to = descriptor();
            c.share(from, sourcePosition, to, position, lengthBytes);
            return true;
        } catch (CallFailed unsupported) {
            return false;
        }
    }

    @Override
    public boolean sharesStorage(PoolFile other, long position, long lengthBytes)
            throws IOException {
        if (sharing == null) {
            sharing = nativeCalls && SHARING.contains(Files.getFileStore(path).type());
        }
        if (!sharing || !(other instanceof LocalFile there)) {
            return false;
        }
        return StorageMap.same(descriptor(), there.descriptor(), position, lengthBytes);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int got = channel.read(target, position + total);
            if (got <= 0) {
                break;
            }
            total += got;
        }
        return total;
    }

    @Override
    public void write(ByteBuffer content, long position) throws IOException {
        long at = position;
        while (content.hasRemaining()) {
            at += channel.write(content, at);
        }
    }

    @Override
    public long sizeBytes() throws IOException {
        return channel.size();
    }

    @Override
    public void setSize(long sizeBytes) throws IOException {
        long now = channel.size();
        if (sizeBytes < now) {
            channel.truncate(sizeBytes);
        } else if (sizeBytes > now) {
            // the last byte makes the size; everything before it stays a hole
            channel.write(ByteBuffer.allocate(1), sizeBytes - 1);
            punchIfSupported(now, sizeBytes - now);
        }
    }

    private void punchIfSupported(long position, long length) throws IOException {
        if (nativeCalls) {
            punch(position, length);
        }
    }

    @Override
    public void punch(long position, long lengthBytes) throws IOException {
        if (nativeCalls) {
            try {
                int here = descriptor();
                c.punch(here, position, lengthBytes);
                return;
            } catch (CallFailed unsupported) {
                // a file system without holes gets zeros
            }
        }
        Zeros.write(this, position, lengthBytes);
    }

    @Override
    public void startWriting(long position, long lengthBytes) {
        if (nativeCalls) {
            try {
                int here = descriptor();
                c.startWriting(here, position, lengthBytes);
            } catch (IOException onlyAHint) {
                // what really fails, fails again when it is forced
                return;
            }
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        if (fd >= 0) {
            c.close(fd);
            fd = -1;
        }
        channel.close();
    }
}
