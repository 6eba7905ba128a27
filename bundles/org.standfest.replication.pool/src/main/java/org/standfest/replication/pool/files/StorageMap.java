package org.standfest.replication.pool.files;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks Linux where ranges of files lie on the device (ioctl FIEMAP; numbers and structure are those
 * of the kernel's header linux/fiemap.h). Stateless.
 */
final class StorageMap {

    private static final long FIEMAP = 0xC020660BL;
    private static final int HEAD_BYTES = 32;
    private static final int EXTENT_BYTES = 56;
    private static final int BATCH = 512;
    private static final int SYNC = 1;

    /** Where it lies is not known, or not yet; encoded; not at whole blocks; inside metadata. */
    private static final int UNSURE = 0x2 | 0x4 | 0x8 | 0x80 | 0x100 | 0x200 | 0x400;

    private StorageMap() {}

    /** A stretch of a file and where it lies. */
    private record Extent(long position, long place, long end) {}

    /** Whether two open files have the same storage in a range; false when that is not known. */
    static boolean same(int fd, int other, long position, long lengthBytes) {
        Optional<List<Extent>> here = extents(fd, position, lengthBytes);
        return here.isPresent() && here.equals(extents(other, position, lengthBytes));
    }

    /** Empty when the file system does not tell, or the range has more than a batch of extents. */
    private static Optional<List<Extent>> extents(int fd, long position, long lengthBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CFunctions.CALL_STATE);
            MemorySegment map = arena.allocate(HEAD_BYTES + (long) BATCH * EXTENT_BYTES, 8);
            map.set(JAVA_LONG, 0, position);
            map.set(JAVA_LONG, 8, lengthBytes);
            map.set(JAVA_INT, 16, SYNC);
            map.set(JAVA_INT, 24, BATCH);
            int result;
            try {
                result = (int) CFunctions.IOCTL.invokeExact(state, fd, FIEMAP, map);
            } catch (Throwable bug) {
                throw new IllegalStateException("fiemap", bug);
            }
            int count = map.get(JAVA_INT, 20);
            return result < 0 || count == BATCH
                    ? Optional.empty()
                    : clipped(map, count, position, position + lengthBytes);
        }
    }

    /** Without what lies outside the range, and neighbours as one. */
    private static Optional<List<Extent>> clipped(
            MemorySegment map, int count, long from, long to) {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = HEAD_BYTES + (long) i * EXTENT_BYTES;
            long start = map.get(JAVA_LONG, at);
            long place = map.get(JAVA_LONG, at + 8);
            long end = Math.min(start + map.get(JAVA_LONG, at + 16), to);
            if ((map.get(JAVA_INT, at + 40) & UNSURE) != 0) {
                return Optional.empty();
            }
            Extent extent =
                    new Extent(Math.max(start, from), place + Math.max(from - start, 0), end);
            Extent before = extents.isEmpty() ? null : extents.getLast();
            if (before != null
                    && before.end() == extent.position()
                    && before.place() + before.end() - before.position() == extent.place()) {
                extents.removeLast();
                extent = new Extent(before.position(), before.place(), end);
            }
            extents.add(extent);
        }
        return Optional.of(extents);
    }
}
