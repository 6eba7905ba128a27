package org.standfest.replication.pool.files;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import org.standfest.replication.pool.files.TreeFiles.Status;
import org.standfest.replication.protocol.manifest.EntryKind;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Reads Linux' struct statx. Stateless. */
final class Statx {

    static final int FIFO = 0x1000;
    static final int CHARACTER = 0x2000;
    static final int BLOCK = 0x6000;
    static final int REGULAR = 0x8000;
    private static final int DIRECTORY = 0x4000;
    private static final int SYMLINK = 0xa000;
    private static final int FORMAT_MASK = 0xf000;

    private static final Optional<EntryKind> A_FILE = Optional.of(EntryKind.FILE);
    private static final Optional<EntryKind> A_DIRECTORY = Optional.of(EntryKind.DIRECTORY);

    private Statx() {}

    static Status read(MemorySegment statx) {
        int mode = Short.toUnsignedInt(statx.get(JAVA_SHORT, 28));
        Optional<EntryKind> kind = kind(mode & FORMAT_MASK);
        boolean device = kind.isPresent() && kind.get().isDevice();
        return new Status(
                kind,
                mode & 0xfff,
                Integer.toUnsignedLong(statx.get(JAVA_INT, 20)),
                Integer.toUnsignedLong(statx.get(JAVA_INT, 24)),
                nanos(statx, 112),
                nanos(statx, 96),
                kind == A_FILE ? statx.get(JAVA_LONG, 40) : 0,
                device ? Integer.toUnsignedLong(statx.get(JAVA_INT, 128)) : 0,
                device ? Integer.toUnsignedLong(statx.get(JAVA_INT, 132)) : 0,
                Integer.toUnsignedLong(statx.get(JAVA_INT, 136)) << 32
                        | Integer.toUnsignedLong(statx.get(JAVA_INT, 140)),
                statx.get(JAVA_LONG, 32),
                Integer.toUnsignedLong(statx.get(JAVA_INT, 16)),
                statx.get(JAVA_LONG, 48) * 512);
    }

    private static long nanos(MemorySegment statx, int offset) {
        return statx.get(JAVA_LONG, offset) * 1_000_000_000L + statx.get(JAVA_INT, offset + 8);
    }

    private static Optional<EntryKind> kind(int format) {
        return switch (format) {
            case REGULAR -> A_FILE;
            case DIRECTORY -> A_DIRECTORY;
            case SYMLINK -> Optional.of(EntryKind.SYMLINK);
            case FIFO -> Optional.of(EntryKind.FIFO);
            case CHARACTER -> Optional.of(EntryKind.CHARACTER_DEVICE);
            case BLOCK -> Optional.of(EntryKind.BLOCK_DEVICE);
            default -> Optional.empty();
        };
    }
}
