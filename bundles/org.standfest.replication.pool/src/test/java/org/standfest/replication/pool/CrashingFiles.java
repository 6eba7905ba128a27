package org.standfest.replication.pool;

import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Real files up to the n-th change; that one is torn or not done at all, and from then on the
 * machine is dead: every call fails, until a test looks at what is left through fresh files.
 */
final class CrashingFiles implements PoolFiles {

    private final LocalPoolFiles real = new LocalPoolFiles();
    private final Map<Closeable, String> open = new IdentityHashMap<>();
    private final long crashAt;
    private final Way way;
    private final boolean sharing;
    private long changes;

    /** What happens at the change. */
    private enum Way {
        /** The machine dies. */
        DIES,
        /** Only this one fails, and the machine lives on. */
        FAILS,
        /** As FAILS, and what only reads, opens or closes counts as well. */
        STUMBLES
    }

    /** Crashes at this change, counted from 1. */
    CrashingFiles(long crashAt) {
        this(crashAt, Way.DIES, false);
    }

    private CrashingFiles(long crashAt, Way way, boolean sharing) {
        this.crashAt = crashAt;
        this.way = way;
        this.sharing = sharing;
    }

    /** As on a file system that can share storage: it copies and says that it shared. */
    CrashingFiles sharing() {
        return new CrashingFiles(crashAt, way, true);
    }

    /** Only this change fails, as on a disk that is full for a moment; the machine lives on. */
    static CrashingFiles failingOnce(long failAt) {
        return new CrashingFiles(failAt, Way.FAILS, false);
    }

    /** Only this call fails, whatever it does; the machine lives on. */
    static CrashingFiles stumblingAt(long failAt) {
        return new CrashingFiles(failAt, Way.STUMBLES, false);
    }

    /** What is open by now: files, trees and the lock. */
    List<String> stillOpen() {
        return open.values().stream().sorted().toList();
    }

    long changes() {
        return changes;
    }

    boolean crashed() {
        return changes >= crashAt;
    }

    /** Lets go of locks and files, as the end of a process does. */
    void powerOff() throws IOException {
        for (Closeable closeable : open.keySet()) {
            closeable.close();
        }
        open.clear();
    }

    private interface Change {
        void act() throws IOException;
    }

    private <T extends Closeable> T opened(T closeable, Object what) {
        open.put(closeable, what.toString());
        return closeable;
    }

    /** Nobody gets a file that another fault kept from being closed: closing always closes. */
    private void closed(Closeable closeable) throws IOException {
        closeable.close();
        if (open.remove(closeable) != null) {
            stumble();
        }
    }

    private void stumble() throws IOException {
        if (way == Way.STUMBLES && ++changes == crashAt) {
            throw new IOException("call " + changes + " fails");
        }
    }

    private void alive() throws IOException {
        if (changes >= crashAt && way == Way.DIES) {
            throw new IOException("the machine is dead");
        }
        stumble();
    }

    private void change(Change change, Change torn) throws IOException {
        if (way == Way.STUMBLES) {
            stumble();
            change.act();
            return;
        }
        alive();
        changes++;
        if (way == Way.FAILS ? changes == crashAt : changes >= crashAt) {
            torn.act();
            throw new IOException("the machine dies at change " + changes);
        }
        change.act();
    }

    private void change(Change change) throws IOException {
        change(change, () -> {});
    }

    @Override
    public PoolFile open(Path file, Mode mode) throws IOException {
        alive();
        PoolFile[] opened = new PoolFile[1];
        if (mode == Mode.READ) {
            opened[0] = real.open(file, mode);
        } else {
            change(() -> opened[0] = real.open(file, mode));
        }
        return new CrashingFile(opened(opened[0], file));
    }

    @Override
    public boolean exists(Path path) throws IOException {
        alive();
        return real.exists(path);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        alive();
        return real.list(directory);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        change(() -> real.createDirectory(directory));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        change(() -> real.rename(from, to));
    }

    @Override
    public void delete(Path path) throws IOException {
        change(() -> real.delete(path));
    }

    @Override
    public void deleteTree(Path directory) throws IOException {
        change(
                () -> real.deleteTree(directory),
                () -> {
                    List<String> names = real.list(directory);
                    for (String name : names.subList(0, names.size() / 2)) {
                        real.deleteTree(directory.resolve(name));
                    }
                });
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        change(() -> {});
    }

    @Override
    public void syncAll(Path directory) throws IOException {
        change(() -> {});
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        alive();
        return real.usableBytes(directory);
    }

    @Override
    public long allocatedBytes(Path path) throws IOException {
        alive();
        return real.allocatedBytes(path);
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        alive();
        Optional<Closeable> lock = real.lock(file);
        lock.ifPresent(held -> opened(held, file));
        return lock.map(held -> () -> closed(held));
    }

    @Override
    public TreeFiles tree(Path directory) throws IOException {
        alive();
        return new CrashingTree(opened(real.tree(directory), directory));
    }

    private final class CrashingFile implements PoolFile {

        private final PoolFile file;

        CrashingFile(PoolFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            alive();
            return file.read(target, position);
        }

        @Override
        public void write(ByteBuffer content, long position) throws IOException {
            change(
                    () -> file.write(content, position),
                    () -> {
                        ByteBuffer half = content.duplicate();
                        file.write(half.limit(half.position() + half.remaining() / 2), position);
                    });
        }

        @Override
        public long sizeBytes() throws IOException {
            alive();
            return file.sizeBytes();
        }

        @Override
        public void setSize(long sizeBytes) throws IOException {
            change(() -> file.setSize(sizeBytes));
        }

        @Override
        public void punch(long position, long lengthBytes) throws IOException {
            change(() -> file.punch(position, lengthBytes));
        }

        @Override
        public boolean share(PoolFile source, long sourcePosition, long position, long lengthBytes)
                throws IOException {
            boolean[] shared = new boolean[1];
            PoolFile from = ((CrashingFile) source).file;
            change(() -> shared[0] = file.share(from, sourcePosition, position, lengthBytes));
            if (sharing && !shared[0]) {
                change(() -> copy(from, sourcePosition, position, lengthBytes));
                return true;
            }
            return shared[0];
        }

        private void copy(PoolFile source, long from, long to, long lengthBytes)
                throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate((int) lengthBytes);
            source.read(bytes, from);
            file.write(bytes.flip(), to);
        }

        @Override
        public void force() throws IOException {
            change(() -> {});
        }

        @Override
        public void close() throws IOException {
            closed(file);
        }
    }

    private final class CrashingTree implements TreeFiles {

        private final TreeFiles tree;

        CrashingTree(TreeFiles tree) {
            this.tree = tree;
        }

        @Override
        public Optional<Status> status(TreePath path) throws IOException {
            alive();
            return tree.status(path);
        }

        @Override
        public List<byte[]> list(TreePath directory) throws IOException {
            alive();
            return tree.list(directory);
        }

        @Override
        public PoolFile open(TreePath file, Mode mode) throws IOException {
            alive();
            PoolFile[] opened = new PoolFile[1];
            if (mode == Mode.READ) {
                opened[0] = tree.open(file, mode);
            } else {
                change(() -> opened[0] = tree.open(file, mode));
            }
            return new CrashingFile(opened(opened[0], file));
        }

        @Override
        public RawBytes readSymlink(TreePath path) throws IOException {
            alive();
            return tree.readSymlink(path);
        }

        @Override
        public List<ExtendedAttribute> attributes(TreePath path) throws IOException {
            alive();
            return tree.attributes(path);
        }

        @Override
        public List<ByteRange> holes(TreePath path) throws IOException {
            alive();
            return tree.holes(path);
        }

        @Override
        public void createDirectory(TreePath path) throws IOException {
            change(() -> tree.createDirectory(path));
        }

        @Override
        public Set<Loss> createSpecial(TreePath path, TreeEntry entry) throws IOException {
            change(() -> {});
            return tree.createSpecial(path, entry);
        }

        @Override
        public void link(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
            change(() -> tree.link(from, ((CrashingTree) toTree).tree, to));
        }

        @Override
        public void rename(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
            change(() -> tree.rename(from, ((CrashingTree) toTree).tree, to));
        }

        @Override
        public void delete(TreePath path) throws IOException {
            change(() -> tree.delete(path));
        }

        @Override
        public Set<Loss> setAttributes(TreePath path, TreeEntry entry) throws IOException {
            change(() -> {});
            return tree.setAttributes(path, entry);
        }

        @Override
        public void close() throws IOException {
            closed(tree);
        }
    }
}
