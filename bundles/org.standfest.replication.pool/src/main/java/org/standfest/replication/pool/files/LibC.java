package org.standfest.replication.pool.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/**
 * The calls of Linux' C library that the JDK does not offer, one method each; a failed call is an IOException that names
 * the call and its error number. Needs native access ({@code --enable-native-access=ALL-UNNAMED}). An instance has room
 * for the arguments of one call, so it is for one thread at a time.
 */
final class LibC {

    static final int ENOENT = 2;
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

    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_TRUNC = 0x200;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    private static final boolean ARM = System.getProperty("os.arch").matches("aarch64|arm.*");
    static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;

    /** Bytes of the space for a name or a value. */
    static final int SCRATCH_BYTES = 65_536;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPENAT =
            variadic("openat", 3, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle STATX =
            call("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle GETDENTS = call("getdents64", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle PREAD = call("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PWRITE =
            call("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle LSEEK = call("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle FTRUNCATE = call("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle FALLOCATE =
            call("fallocate", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FSYNC = call("fsync", JAVA_INT, JAVA_INT);
    private static final MethodHandle SYNCFS = call("syncfs", JAVA_INT, JAVA_INT);
    private static final MethodHandle MKDIRAT = call("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SYMLINKAT = call("symlinkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle READLINKAT =
            call("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle MKNODAT =
            call("mknodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
    private static final MethodHandle LINKAT =
            call("linkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RENAMEAT =
            call("renameat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle UNLINKAT = call("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle FCHOWNAT =
            call("fchownat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle FCHMODAT =
            call("fchmodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle UTIMENSAT =
            call("utimensat", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle LLISTXATTR = call("llistxattr", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LGETXATTR =
            call("lgetxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LSETXATTR =
            call("lsetxattr", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle LREMOVEXATTR = call("lremovexattr", JAVA_INT, ADDRESS, ADDRESS);

    private final MemorySegment state;
    private final MemorySegment name;
    private final MemorySegment other;
    private final MemorySegment data;

    @SuppressWarnings("resource") // the collector frees it
    LibC() {
        Arena arena = Arena.ofAuto();
        state = arena.allocate(CALL_STATE);
        name = arena.allocate(4_352);
        other = arena.allocate(4_352);
        data = arena.allocate(SCRATCH_BYTES, 8);
    }

    private static MethodHandle call(String symbol, MemoryLayout result, MemoryLayout... arguments) {
        return handle(symbol, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle variadic(
            String symbol, int fixed, MemoryLayout result, MemoryLayout... arguments) {
        return handle(
                symbol,
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(fixed));
    }

    private static MethodHandle handle(String symbol, FunctionDescriptor shape, Linker.Option... options) {
        SymbolLookup lookup = LINKER.defaultLookup();
        return LINKER.downcallHandle(lookup.find(symbol).orElseThrow(), shape, options);
    }

    /** A failed call with its error number. */
    static final class CallFailed extends IOException {

        private static final long serialVersionUID = 1L;

        private final int errno;

        CallFailed(String call, byte[] name, int errno) {
            super(call + " '" + new String(name, java.nio.charset.StandardCharsets.UTF_8) + "': error " + errno);
            this.errno = errno;
        }

        int errno() {
            return errno;
        }
    }

    private long checked(String call, byte[] path, long result) throws IOException {
        if (result >= 0) {
            return result;
        }
        int errno = (int) ERRNO.get(state, 0L);
        String shown = new String(path, java.nio.charset.StandardCharsets.UTF_8);
        throw switch (errno) {
            case ENOENT, ENOTDIR -> new NoSuchFileException(shown, null, call);
            case EEXIST -> new FileAlreadyExistsException(shown, null, call);
            case ENOTEMPTY -> new DirectoryNotEmptyException(shown);
            case EACCES -> new AccessDeniedException(shown, null, call);
            default -> new CallFailed(call, path, errno);
        };
    }

    private static MemorySegment text(MemorySegment target, byte[] bytes) {
        MemorySegment.copy(bytes, 0, target, ValueLayout.JAVA_BYTE, 0, bytes.length);
        target.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
        return target;
    }

    /** The room for one result; valid until the next call. */
    MemorySegment data() {
        return data;
    }

    int open(int directory, byte[] path, int flags, int mode) throws IOException {
        try {
            int fd = (int) OPENAT.invokeExact(state, directory, text(name, path), flags | O_CLOEXEC, mode);
            return (int) checked("open", path, fd);
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void close(int fd) {
        try {
            int ignored = (int) CLOSE.invokeExact(state, fd);
            assert ignored <= 0;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** The status of an entry in {@link #data()}, as struct statx. */
    MemorySegment status(int directory, byte[] path) throws IOException {
        try {
            int flags = AT_SYMLINK_NOFOLLOW | 0x1000 * (path.length == 0 ? 1 : 0);
            checked("statx", path, (int) STATX.invokeExact(state, directory, text(name, path), flags, 0x7ff, data));
            return data;
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** The next entries of an open directory in {@link #data()}, as struct dirent64; how many bytes. */
    int entries(int fd) throws IOException {
        try {
            return (int) checked(
                    "getdents64", new byte[0], (long) GETDENTS.invokeExact(state, fd, data, (long) SCRATCH_BYTES));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    int read(int fd, MemorySegment target, long length, long position) throws IOException {
        try {
            return (int) checked(
                    "pread", new byte[0], (long) PREAD.invokeExact(state, fd, target, length, position));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    int write(int fd, MemorySegment source, long length, long position) throws IOException {
        try {
            return (int) checked(
                    "pwrite", new byte[0], (long) PWRITE.invokeExact(state, fd, source, length, position));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    long seek(int fd, long position, int whence) throws IOException {
        try {
            return checked("lseek", new byte[0], (long) LSEEK.invokeExact(state, fd, position, whence));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void truncate(int fd, long size) throws IOException {
        try {
            checked("ftruncate", new byte[0], (int) FTRUNCATE.invokeExact(state, fd, size));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** Takes the storage of a range away; the size stays. */
    void punch(int fd, long position, long length) throws IOException {
        try {
            checked("fallocate", new byte[0], (int) FALLOCATE.invokeExact(state, fd, 3, position, length));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void force(int fd) throws IOException {
        try {
            checked("fsync", new byte[0], (int) FSYNC.invokeExact(state, fd));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** Makes everything on the file system of an open file durable. */
    void syncFileSystem(int fd) throws IOException {
        try {
            checked("syncfs", new byte[0], (int) SYNCFS.invokeExact(state, fd));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void createDirectory(int directory, byte[] path) throws IOException {
        try {
            checked("mkdir", path, (int) MKDIRAT.invokeExact(state, directory, text(name, path), 0700));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void createSymlink(int directory, byte[] path, byte[] target) throws IOException {
        try {
            checked(
                    "symlink",
                    path,
                    (int) SYMLINKAT.invokeExact(state, text(other, target), directory, text(name, path)));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    byte[] readSymlink(int directory, byte[] path) throws IOException {
        try {
            long length = (long)
                    READLINKAT.invokeExact(state, directory, text(name, path), data, (long) SCRATCH_BYTES);
            checked("readlink", path, length);
            return data.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void createNode(int directory, byte[] path, int mode, long device) throws IOException {
        try {
            checked("mknod", path, (int) MKNODAT.invokeExact(state, directory, text(name, path), mode, device));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void link(int directory, byte[] path, int toDirectory, byte[] to) throws IOException {
        try {
            checked("link", path, (int)
                    LINKAT.invokeExact(state, directory, text(name, path), toDirectory, text(other, to), 0));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void rename(int directory, byte[] path, int toDirectory, byte[] to) throws IOException {
        try {
            checked("rename", path, (int)
                    RENAMEAT.invokeExact(state, directory, text(name, path), toDirectory, text(other, to)));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void delete(int directory, byte[] path, int flags) throws IOException {
        try {
            checked("unlink", path, (int) UNLINKAT.invokeExact(state, directory, text(name, path), flags));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void owner(int directory, byte[] path, long uid, long gid) throws IOException {
        try {
            int result = (int) FCHOWNAT.invokeExact(
                    state, directory, text(name, path), (int) uid, (int) gid, AT_SYMLINK_NOFOLLOW);
            checked("chown", path, result);
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** Sets permissions; only for what is known not to be a symbolic link. */
    void mode(int directory, byte[] path, int mode) throws IOException {
        try {
            checked("chmod", path, (int) FCHMODAT.invokeExact(state, directory, text(name, path), mode, 0));
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** Sets the modification time and leaves the access time. */
    void modified(int directory, byte[] path, long nanos) throws IOException {
        try {
            data.set(JAVA_LONG, 0, 0L);
            data.set(JAVA_LONG, 8, (1L << 30) - 2);
            data.set(JAVA_LONG, 16, Math.floorDiv(nanos, 1_000_000_000L));
            data.set(JAVA_LONG, 24, Math.floorMod(nanos, 1_000_000_000L));
            int result = (int)
                    UTIMENSAT.invokeExact(state, directory, text(name, path), data, AT_SYMLINK_NOFOLLOW);
            checked("utimensat", path, result);
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    byte[] attributeNames(byte[] path) throws IOException {
        try {
            long length = (long) LLISTXATTR.invokeExact(state, text(name, path), data, (long) SCRATCH_BYTES);
            checked("llistxattr", path, length);
            return data.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    byte[] attribute(byte[] path, byte[] attribute) throws IOException {
        try {
            long length = (long) LGETXATTR.invokeExact(
                    state, text(name, path), text(other, attribute), data, (long) SCRATCH_BYTES);
            checked("lgetxattr", path, length);
            return data.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void setAttribute(byte[] path, byte[] attribute, byte[] value) throws IOException {
        try {
            MemorySegment.copy(value, 0, data, ValueLayout.JAVA_BYTE, 0, value.length);
            int result = (int) LSETXATTR.invokeExact(
                    state, text(name, path), text(other, attribute), data, (long) value.length, 0);
            checked("lsetxattr", path, result);
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    void removeAttribute(byte[] path, byte[] attribute) throws IOException {
        try {
            int result = (int) LREMOVEXATTR.invokeExact(state, text(name, path), text(other, attribute));
            checked("lremovexattr", path, result);
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }
}
