package org.standfest.replication.pool.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The calls of Linux' C library for the entries of an open directory, and for the attributes behind
 * a path; as {@link LibC}, whose thread it shares.
 */
final class EntryCalls {

    private final LibC c;
    private final MemorySegment name;
    private final MemorySegment other;

    @SuppressWarnings("resource") // the collector frees it
    EntryCalls(LibC c) {
        this.c = c;
        Arena arena = Arena.ofAuto();
        name = arena.allocate(LibC.NAME_BYTES);
        other = arena.allocate(LibC.NAME_BYTES);
    }

    void createDirectory(int directory, byte[] path) throws IOException {
        c.run(
                "mkdir",
                path,
                () ->
                        (int)
                                CFunctions.MKDIRAT.invokeExact(
                                        c.state(), directory, LibC.text(name, path), 0700));
    }

    void createSymlink(int directory, byte[] path, byte[] target) throws IOException {
        c.run(
                "symlink",
                path,
                () ->
                        (int)
                                CFunctions.SYMLINKAT.invokeExact(
                                        c.state(),
                                        LibC.text(other, target),
                                        directory,
                                        LibC.text(name, path)));
    }

    byte[] readSymlink(int directory, byte[] path) throws IOException {
        return c.result(
                c.run(
                        "readlink",
                        path,
                        () ->
                                (long)
                                        CFunctions.READLINKAT.invokeExact(
                                                c.state(),
                                                directory,
                                                LibC.text(name, path),
                                                c.data(),
                                                (long) LibC.SCRATCH_BYTES)));
    }

    void createNode(int directory, byte[] path, int mode, long device) throws IOException {
        c.run(
                "mknod",
                path,
                () ->
                        (int)
                                CFunctions.MKNODAT.invokeExact(
                                        c.state(), directory, LibC.text(name, path), mode, device));
    }

    void link(int directory, byte[] path, int toDirectory, byte[] to) throws IOException {
        c.run(
                "link",
                path,
                () ->
                        (int)
                                CFunctions.LINKAT.invokeExact(
                                        c.state(),
                                        directory,
                                        LibC.text(name, path),
                                        toDirectory,
                                        LibC.text(other, to),
                                        0));
    }

    void rename(int directory, byte[] path, int toDirectory, byte[] to) throws IOException {
        c.run(
                "rename",
                path,
                () ->
                        (int)
                                CFunctions.RENAMEAT.invokeExact(
                                        c.state(),
                                        directory,
                                        LibC.text(name, path),
                                        toDirectory,
                                        LibC.text(other, to)));
    }

    void delete(int directory, byte[] path, int flags) throws IOException {
        c.run(
                "unlink",
                path,
                () ->
                        (int)
                                CFunctions.UNLINKAT.invokeExact(
                                        c.state(), directory, LibC.text(name, path), flags));
    }

    void owner(int directory, byte[] path, long uid, long gid) throws IOException {
        c.run(
                "chown",
                path,
                () ->
                        (int)
                                CFunctions.FCHOWNAT.invokeExact(
                                        c.state(),
                                        directory,
                                        LibC.text(name, path),
                                        (int) uid,
                                        (int) gid,
                                        LibC.AT_SYMLINK_NOFOLLOW));
    }

    /** Sets permissions; only for what is known not to be a symbolic link. */
    void mode(int directory, byte[] path, int mode) throws IOException {
        c.run(
                "chmod",
                path,
                () ->
                        (int)
                                CFunctions.FCHMODAT.invokeExact(
                                        c.state(), directory, LibC.text(name, path), mode, 0));
    }

    /** Sets the modification time and leaves the access time. */
    void modified(int directory, byte[] path, long nanos) throws IOException {
        c.times(nanos);
        c.run(
                "utimensat",
                path,
                () ->
                        (int)
                                CFunctions.UTIMENSAT.invokeExact(
                                        c.state(),
                                        directory,
                                        LibC.text(name, path),
                                        c.data(),
                                        LibC.AT_SYMLINK_NOFOLLOW));
    }

    byte[] attributeNames(byte[] path) throws IOException {
        return c.result(
                c.run(
                        "llistxattr",
                        path,
                        () ->
                                (long)
                                        CFunctions.LLISTXATTR.invokeExact(
                                                c.state(),
                                                LibC.text(name, path),
                                                c.data(),
                                                (long) LibC.SCRATCH_BYTES)));
    }

    byte[] attribute(byte[] path, byte[] attribute) throws IOException {
        return c.result(
                c.run(
                        "lgetxattr",
                        path,
                        () ->
                                (long)
                                        CFunctions.LGETXATTR.invokeExact(
                                                c.state(),
                                                LibC.text(name, path),
                                                LibC.text(other, attribute),
                                                c.data(),
                                                (long) LibC.SCRATCH_BYTES)));
    }

    void setAttribute(byte[] path, byte[] attribute, byte[] value) throws IOException {
        MemorySegment.copy(value, 0, c.data(), JAVA_BYTE, 0, value.length);
        c.run(
                "lsetxattr",
                path,
                () ->
                        (int)
                                CFunctions.LSETXATTR.invokeExact(
                                        c.state(),
                                        LibC.text(name, path),
                                        LibC.text(other, attribute),
                                        c.data(),
                                        (long) value.length,
                                        0));
    }

    void removeAttribute(byte[] path, byte[] attribute) throws IOException {
        c.run(
                "lremovexattr",
                path,
                () ->
                        (int)
                                CFunctions.LREMOVEXATTR.invokeExact(
                                        c.state(),
                                        LibC.text(name, path),
                                        LibC.text(other, attribute)));
    }
}
