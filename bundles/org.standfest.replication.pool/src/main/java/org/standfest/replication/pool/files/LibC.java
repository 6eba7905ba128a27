package org.standfest.replication.pool.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/**
 * The calls of Linux' C library for open files that the JDK does not offer, one method each; those
 * for the entries of a directory are {@link EntryCalls}; a failed call is an IOException that names
 * the call and its error number. Needs native access ({@code --enable-native-access=ALL-UNNAMED}).
 * An instance has room for the arguments of one call, so it is for one thread at a time.
 */
final class LibC {

    static final int ENOENT = 2;
    static final int E2BIG = 7;
    static final int EINVAL = 22;
    static final int ENOSPC = 28;
    static final int EACCES = 13;
    static final int EPERM = 1;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int ENODATA = 61;
    static final int ENOTEMPTY = 39;
    static final int ELOOP = 40;
    static final int EOPNOTSUPP = 95;
    static final int ERANGE = 34;
    static final int ENXIO = 6;

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int PUNCH_HOLE_KEEP_SIZE = 3;
    private static final int SYNC_FILE_RANGE_WRITE = 2;
    private static final long UTIME_OMIT = (1L << 30) - 2;
    private static final long FICLONERANGE = 0x4020940dL;
    private static final byte[] NOTHING = {};

    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_TRUNC = 0x200;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    private static final boolean ARM = System.getProperty("os.arch").matches("aarch64|arm.*");
    static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    static final int O_TMPFILE = 0x400000 | O_DIRECTORY;
    static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;

    /** Bytes of the space for a name or a value. */
    static final int SCRATCH_BYTES = 65_536;

    /** Bytes of the space for a path and its end. */
    static final int NAME_BYTES = 4_352;

    private final MemorySegment state;
    private final MemorySegment name;
    private final MemorySegment data;

    @SuppressWarnings("resource") // the collector frees it
    LibC() {
        Arena arena = Arena.ofAuto();
        state = arena.allocate(CFunctions.CALL_STATE);
        name = arena.allocate(NAME_BYTES);
        data = arena.allocate(SCRATCH_BYTES, 8);
    }

    /** One call; {@code invokeExact} may throw anything in theory and nothing in practice. */
    interface Native {
        long invoke() throws Throwable;
    }

    /** Makes a call; what it needs of {@link #state()} is there. */
    long run(String call, byte[] path, Native function) throws IOException {
        long result;
        try {
            result = function.invoke();
        } catch (Throwable bug) {
            throw new IllegalStateException(call, bug);
        }
        if (result >= 0) {
            return result;
        }
        int errno = (int) CFunctions.ERRNO.get(state, 0L);
        String shown = new String(path, StandardCharsets.UTF_8);
        throw switch (errno) {
            case ENOENT, ENOTDIR -> new NoSuchFileException(shown, null, call);
            case EEXIST -> new FileAlreadyExistsException(shown, null, call);
            case ENOTEMPTY -> new DirectoryNotEmptyException(shown);
            case EACCES -> new AccessDeniedException(shown, null, call);
            default -> new CallFailed(call, shown, errno);
        };
    }

    static MemorySegment text(MemorySegment target, byte[] bytes) {
        MemorySegment.copy(bytes, 0, target, JAVA_BYTE, 0, bytes.length);
        target.set(JAVA_BYTE, bytes.length, (byte) 0);
        return target;
    }

    /** Where a call leaves its error number. */
    MemorySegment state() {
        return state;
    }

    /** The room for one result; valid until the next call. */
    MemorySegment data() {
        return data;
    }

    byte[] result(long length) {
        return data.asSlice(0, length).toArray(JAVA_BYTE);
    }

    int open(int directory, byte[] path, int flags, int mode) throws IOException {
        return (int)
                run(
                        "open",
                        path,
                        () ->
                                (int)
                                        CFunctions.OPENAT.invokeExact(
                                                state,
                                                directory,
                                                text(name, path),
                                                flags | O_CLOEXEC,
                                                mode));
    }

    void close(int fd) {
        try {
            run("close", NOTHING, () -> (int) CFunctions.CLOSE.invokeExact(state, fd));
        } catch (IOException late) {
            // what matters was forced before; the descriptor is free either way
        }
    }

    /**
     * The status of an entry, or of the descriptor itself for an empty path, in {@link #data()}, as
     * struct statx.
     */
    MemorySegment status(int directory, byte[] path) throws IOException {
        int flags = AT_SYMLINK_NOFOLLOW | (path.length == 0 ? AT_EMPTY_PATH : 0);
        run(
                "statx",
                path,
                () ->
                        (int)
                                CFunctions.STATX.invokeExact(
                                        state,
                                        directory,
                                        text(name, path),
                                        flags,
                                        STATX_BASIC_STATS,
                                        data));
        return data;
    }

    /**
     * The next entries of an open directory in {@link #data()}, as struct dirent64; how many bytes.
     */
    int entries(int fd) throws IOException {
        return (int)
                run(
                        "getdents64",
                        NOTHING,
                        () ->
                                (long)
                                        CFunctions.GETDENTS.invokeExact(
                                                state, fd, data, (long) SCRATCH_BYTES));
    }

    int read(int fd, MemorySegment target, long length, long position) throws IOException {
        return (int)
                run(
                        "pread",
                        NOTHING,
                        () ->
                                (long)
                                        CFunctions.PREAD.invokeExact(
                                                state, fd, target, length, position));
    }

    int write(int fd, MemorySegment source, long length, long position) throws IOException {
        return (int)
                run(
                        "pwrite",
                        NOTHING,
                        () ->
                                (long)
                                        CFunctions.PWRITE.invokeExact(
                                                state, fd, source, length, position));
    }

    long seek(int fd, long position, int whence) throws IOException {
        return run(
                "lseek",
                NOTHING,
                () -> (long) CFunctions.LSEEK.invokeExact(state, fd, position, whence));
    }

    void truncate(int fd, long size) throws IOException {
        run("ftruncate", NOTHING, () -> (int) CFunctions.FTRUNCATE.invokeExact(state, fd, size));
    }

    /** Takes the storage of a range away; the size stays. */
    void punch(int fd, long position, long length) throws IOException {
        run(
                "fallocate",
                NOTHING,
                () ->
                        (int)
                                CFunctions.FALLOCATE.invokeExact(
                                        state, fd, PUNCH_HOLE_KEEP_SIZE, position, length));
    }

    /**
     * Shares storage between two files; CallFailed where the file system or the range does not
     * allow it.
     */
    void share(int source, long sourcePosition, int fd, long position, long length)
            throws IOException {
        data.set(JAVA_LONG, 0, (long) source);
        data.set(JAVA_LONG, 8, sourcePosition);
        data.set(JAVA_LONG, 16, length);
        data.set(JAVA_LONG, 24, position);
        run(
                "clone",
                NOTHING,
                () -> (int) CFunctions.IOCTL.invokeExact(state, fd, FICLONERANGE, data));
    }

    void force(int fd) throws IOException {
        run("fsync", NOTHING, () -> (int) CFunctions.FSYNC.invokeExact(state, fd));
    }

    /** Makes everything on the file system of an open file durable. */
    void syncFileSystem(int fd) throws IOException {
        run("syncfs", NOTHING, () -> (int) CFunctions.SYNCFS.invokeExact(state, fd));
    }

    /** Writes what waits on any file system; tells of no fault. */
    void sync() {
        try {
            CFunctions.SYNC.invokeExact();
        } catch (Throwable bug) {
            throw new IllegalStateException("sync", bug);
        }
    }

    /** Lets the disk begin with what was written to a range; nobody waits for it. */
    void startWriting(int fd, long position, long lengthBytes) throws IOException {
        run(
                "sync_file_range",
                NOTHING,
                () ->
                        (int)
                                CFunctions.SYNC_FILE_RANGE.invokeExact(
                                        state, fd, position, lengthBytes, SYNC_FILE_RANGE_WRITE));
    }

    /** Changes the owner of an open file. */
    void owner(int fd, long uid, long gid) throws IOException {
        run(
                "fchown",
                NOTHING,
                () -> (int) CFunctions.FCHOWN.invokeExact(state, fd, (int) uid, (int) gid));
    }

    /** Sets the permissions of an open file. */
    void mode(int fd, int mode) throws IOException {
        run("fchmod", NOTHING, () -> (int) CFunctions.FCHMOD.invokeExact(state, fd, mode));
    }

    /** Sets the modification time of an open file and leaves the access time. */
    void modified(int fd, long nanos) throws IOException {
        times(nanos);
        run("futimens", NOTHING, () -> (int) CFunctions.FUTIMENS.invokeExact(state, fd, data));
    }

    /** Puts a modification time into {@link #data()} as two struct timespec. */
    void times(long nanos) {
        data.set(JAVA_LONG, 0, 0L);
        data.set(JAVA_LONG, 8, UTIME_OMIT);
        data.set(JAVA_LONG, 16, Math.floorDiv(nanos, 1_000_000_000L));
        data.set(JAVA_LONG, 24, Math.floorMod(nanos, 1_000_000_000L));
    }
}
