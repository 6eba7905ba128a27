package org.standfest.replication.pool.files;

import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The way to the directories of a tree: from the root's descriptor, component by component, never
 * over a symbolic link. The last directory stays open, because entries of one directory mostly come
 * together. For one thread.
 */
final class UnixWalk implements AutoCloseable {

    private static final int DIRECTORY = LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NOFOLLOW;
    private static final byte[] SELF = {'.'};

    private final LibC c;
    private final int root;
    private TreePath parentPath = TreePath.ROOT;
    private int parent;
    private long turns;
    private boolean closed;

    UnixWalk(LibC c, Path directory) throws IOException {
        this.c = c;
        byte[] path = directory.toString().getBytes(StandardCharsets.UTF_8);
        root = c.open(LibC.AT_FDCWD, path, DIRECTORY, 0);
        parent = root;
    }

    /** The name of an entry within its directory. */
    static byte[] nameOf(TreePath path) {
        return path.isRoot() ? SELF : path.name();
    }

    /** Grows whenever another directory is the open one, also when its path is the same. */
    long turns() {
        return turns;
    }

    /** The descriptor of the directory that an entry lies in; valid until the next call. */
    int directoryOf(TreePath path) throws IOException {
        checkOpen();
        return path.isRoot() ? root : directory(path.parent());
    }

    /** The number of a closed descriptor may by now be another file's. */
    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("tree is closed");
        }
    }

    private int directory(TreePath path) throws IOException {
        checkOpen();
        if (path.equals(parentPath)) {
            return parent;
        }
        int from = root;
        List<byte[]> steps = path.components();
        if (path.isBelow(parentPath) && parent != root) {
            from = parent;
            steps = steps.subList(parentPath.components().size(), steps.size());
        }
        int at = from;
        for (byte[] step : steps) {
            int next;
            try {
                next = c.open(at, step, DIRECTORY, 0);
            } catch (IOException failed) {
                if (at != root && at != parent) {
                    c.close(at);
                }
                throw failed;
            }
            if (at != root && at != parent) {
                c.close(at);
            }
            at = next;
        }
        forgetParent();
        parentPath = path;
        parent = at;
        return at;
    }

    private void forgetParent() {
        if (parent != root) {
            c.close(parent);
        }
        parent = root;
        parentPath = TreePath.ROOT;
        turns++;
    }

    /** A directory that moved or went away must not stay open as a parent. */
    void forgetIn(TreePath path) {
        if (parentPath.equals(path) || parentPath.isBelow(path)) {
            forgetParent();
        }
    }

    /** A descriptor of its own for a directory; the caller closes it. */
    int open(TreePath path) throws IOException {
        return c.open(directoryOf(path), nameOf(path), DIRECTORY, 0);
    }

    /** An act on two open directories. */
    interface OnTwo {
        void act(int directory, int toDirectory) throws IOException;
    }

    /** The kept parent serves only one path, so the other gets a descriptor of its own. */
    void twoParents(TreePath from, TreePath to, OnTwo act) throws IOException {
        int own = c.open(directory(from.parent()), SELF, DIRECTORY, 0);
        try {
            act.act(own, directory(to.parent()));
        } finally {
            c.close(own);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            forgetParent();
            c.close(root);
            closed = true;
        }
    }
}
