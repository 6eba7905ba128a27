package org.standfest.replication.snapshots;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of Linux that snapshots need and the JDK does not offer: cloning a file, asking where
 * its extents lie, where it has data, how big a block device is, and subvolumes of btrfs. Numbers
 * and structures are those of the kernel's headers linux/fs.h, linux/fiemap.h and linux/btrfs.h.
 * Needs native access. Loaded only on Linux. Safe for any thread.
 */
final class LinuxCalls {

    static final int ENXIO = 6;
    static final int EOPNOTSUPP = 95;

    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int O_CREAT_EXCL = 0x40 | 0x80;
    private static final int O_CLOEXEC = 0x80000;
    private static final int SEEK_END = 2;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final long FICLONE = 0x40049409L;
    private static final long FIEMAP = 0xC020660BL;
    private static final long BLKGETSIZE64 = 0x80081272L;
    private static final long BTRFS_SNAP_CREATE_V2 = 0x50009417L;
    private static final long BTRFS_SNAP_DESTROY = 0x5000940FL;
    private static final int BTRFS_ARGS_BYTES = 4096;
    private static final int BTRFS_ARGS_NAME = 8;
    private static final int BTRFS_ARGS_V2_NAME = 56;
    private static final long BTRFS_READ_ONLY = 2;
    private static final int FIEMAP_HEAD_BYTES = 32;
    private static final int FIEMAP_EXTENT_BYTES = 56;
    private static final int FIEMAP_BATCH = 2048;
    private static final int FIEMAP_SYNC = 1;
    private static final int EXTENTS_LIMIT = 4_000_000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle OPEN =
            handle("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE =
            handle("close", -1, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle IOCTL =
            handle("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle IOCTL_NUMBER =
            handle("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle LSEEK =
            handle("lseek", -1, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));

    private LinuxCalls() {}

    private static MethodHandle handle(String symbol, int fixed, FunctionDescriptor shape) {
        Linker.Option errno = Linker.Option.captureCallState("errno");
        MemorySegment address = LINKER.defaultLookup().find(symbol).orElseThrow();
        return fixed < 0
                ? LINKER.downcallHandle(address, shape, errno)
                : LINKER.downcallHandle(
                        address, shape, errno, Linker.Option.firstVariadicArg(fixed));
    }

    /** A call that the kernel refused. */
    static final class CallFailed extends IOException {

        private static final long serialVersionUID = 1L;
        private final int errno;

        CallFailed(String call, String what, int errno) {
            super(call + " " + what + ": error " + errno);
            this.errno = errno;
        }

        int errno() {
            return errno;
        }
    }

    private interface Call {
        long run(MemorySegment state) throws Throwable;
    }

    private static long call(String name, Object what, Call call) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result;
            try {
                result = call.run(state);
            } catch (Throwable bug) {
                throw new IllegalStateException(name, bug);
            }
            if (result < 0) {
                throw new CallFailed(name, String.valueOf(what), (int) ERRNO.get(state, 0L));
            }
            return result;
        }
    }

    private static int open(Path path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toString(), StandardCharsets.UTF_8);
            return (int)
                    call(
                            "open",
                            path,
                            state -> (int) OPEN.invokeExact(state, name, flags | O_CLOEXEC, 0600));
        }
    }

    private static void close(int fd) {
        try {
            call("close", fd, state -> (int) CLOSE.invokeExact(state, fd));
        } catch (IOException late) {
            // Nothing was written through it that is not checked otherwise.
        }
    }

    /**
     * Makes a new file that shares all storage with an existing one, which is one instant of it.
     *
     * @throws CallFailed this file system cannot, or they lie on different ones
     */
    static void cloneFile(Path from, Path to) throws IOException {
        int source = open(from, O_RDONLY);
        try {
            int target = open(to, O_RDWR | O_CREAT_EXCL);
            try {
                call(
                        "clone",
                        from,
                        state ->
                                (int)
                                        IOCTL_NUMBER.invokeExact(
                                                state, target, FICLONE, (long) source));
            } finally {
                close(target);
            }
        } finally {
            close(source);
        }
    }

    /** The size of a block device in bytes, as the kernel knows it. */
    static long deviceBytes(Path device) throws IOException {
        int fd = open(device, O_RDONLY);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            try {
                call("size", device, s -> (int) IOCTL.invokeExact(s, fd, BLKGETSIZE64, size));
                return size.get(JAVA_LONG, 0);
            } catch (CallFailed otherKindOfDevice) {
                return call("seek", device, s -> (long) LSEEK.invokeExact(s, fd, 0L, SEEK_END));
            }
        } finally {
            close(fd);
        }
    }

    /**
     * Where a file has data, as pairs of first byte and byte behind the last; one pair over all
     * where the file system cannot tell.
     */
    static List<long[]> data(Path file, long sizeBytes) throws IOException {
        List<long[]> pairs = new ArrayList<>();
        int fd = open(file, O_RDONLY);
        try {
            long next = 0;
            while (next < sizeBytes) {
                long start = seek(fd, file, next, SEEK_DATA);
                if (start < 0 || start >= sizeBytes) {
                    break;
                }
                long end = Math.min(seek(fd, file, start, SEEK_HOLE), sizeBytes);
                pairs.add(new long[] {start, end});
                next = end;
            }
            return pairs;
        } finally {
            close(fd);
        }
    }

    private static long seek(int fd, Path file, long from, int whence) throws IOException {
        try {
            return call("seek", file, s -> (long) LSEEK.invokeExact(s, fd, from, whence));
        } catch (CallFailed failed) {
            if (failed.errno() == ENXIO) {
                return -1;
            }
            throw failed;
        }
    }

    /**
     * Where the content of a file lies.
     *
     * @throws IOException the file system does not tell, or it has more than 4,000,000 extents
     */
    static List<Extent> extents(Path file) throws IOException {
        int fd = open(file, O_RDONLY);
        try (Arena arena = Arena.ofConfined()) {
            List<Extent> all = new ArrayList<>();
            MemorySegment map =
                    arena.allocate(
                            FIEMAP_HEAD_BYTES + (long) FIEMAP_BATCH * FIEMAP_EXTENT_BYTES, 8);
            long next = 0;
            while (all.size() <= EXTENTS_LIMIT) {
                map.set(JAVA_LONG, 0, next);
                map.set(JAVA_LONG, 8, -1L - next);
                map.set(JAVA_INT, 16, FIEMAP_SYNC);
                map.set(JAVA_INT, 20, 0);
                map.set(JAVA_INT, 24, FIEMAP_BATCH);
                map.set(JAVA_INT, 28, 0);
                call("fiemap", file, state -> (int) IOCTL.invokeExact(state, fd, FIEMAP, map));
                int count = map.get(JAVA_INT, 20);
                for (int i = 0; i < count; i++) {
                    long at = FIEMAP_HEAD_BYTES + (long) i * FIEMAP_EXTENT_BYTES;
                    all.add(
                            new Extent(
                                    map.get(JAVA_LONG, at),
                                    map.get(JAVA_LONG, at + 8),
                                    map.get(JAVA_LONG, at + 16),
                                    map.get(JAVA_INT, at + 40)));
                }
                if (count == 0 || all.getLast().last()) {
                    return all;
                }
                next = all.getLast().end();
            }
            throw new IOException(file + " has more than " + EXTENTS_LIMIT + " extents");
        } finally {
            close(fd);
        }
    }

    /** Makes a read-only snapshot of a btrfs subvolume as a new entry of a folder. */
    static void btrfsSnapshot(Path subvolume, Path folder, String name) throws IOException {
        int source = open(subvolume, O_RDONLY);
        try {
            MemorySegmentWriter arguments =
                    map -> {
                        map.set(JAVA_LONG, 0, (long) source);
                        map.set(JAVA_LONG, 16, BTRFS_READ_ONLY);
                        return BTRFS_ARGS_V2_NAME;
                    };
            btrfs("btrfs snapshot", folder, name, BTRFS_SNAP_CREATE_V2, arguments);
        } finally {
            close(source);
        }
    }

    /** Deletes a btrfs subvolume, whatever is in it. */
    static void btrfsDelete(Path folder, String name) throws IOException {
        btrfs("btrfs delete", folder, name, BTRFS_SNAP_DESTROY, _ -> BTRFS_ARGS_NAME);
    }

    private interface MemorySegmentWriter {
        /** Fills in what goes before the name; where the name goes. */
        int fill(MemorySegment arguments);
    }

    private static void btrfs(
            String what, Path folder, String name, long number, MemorySegmentWriter writer)
            throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 255) {
            throw new IllegalArgumentException("name of " + bytes.length + " bytes");
        }
        int fd = open(folder, O_RDONLY);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment map = arena.allocate(BTRFS_ARGS_BYTES, 8);
            int at = writer.fill(map);
            MemorySegment.copy(bytes, 0, map, JAVA_BYTE, at, bytes.length);
            call(
                    what,
                    folder.resolve(name),
                    state -> (int) IOCTL.invokeExact(state, fd, number, map));
        } finally {
            close(fd);
        }
    }
}
