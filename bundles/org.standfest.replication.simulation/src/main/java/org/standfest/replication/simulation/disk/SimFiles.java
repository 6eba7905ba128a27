package org.standfest.replication.simulation.disk;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.SyncWatch;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.Overflow;
import org.standfest.replication.protocol.manifest.RawBytes;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A simulated disk as one process sees it. For one thread at a time. */
public final class SimFiles implements PoolFiles {

    private final SimDisk disk;
    private final Hand hand;

    /**
     * @param hand hears of every act before it happens
     */
    public SimFiles(SimDisk disk, Hand hand) {
        this.disk = disk;
        this.hand = hand;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private Node parent(Path path) throws IOException {
        return disk.directory(path.getParent().toString());
    }

    @Override
    public PoolFile open(Path file, Mode mode) throws IOException {
        hand.before(mode == Mode.READ ? Act.READ : Act.OPEN, file.toString());
        return open(disk, hand, parent(file), name(file), file.toString(), mode);
    }

    static PoolFile open(SimDisk disk, Hand hand, Node parent, String name, String path, Mode mode)
            throws IOException {
        Node node = parent.names.get(name);
        if (node == null && mode == Mode.READ) {
            throw new NoSuchFileException(path);
        }
        if (node == null) {
            disk.needs(Content.PAGE);
            node = disk.make(EntryKind.FILE, RawBytes.of(""), 0, 0, 0644);
            disk.put(parent, name, node);
        } else if (node.kind != EntryKind.FILE) {
            throw new FileSystemException(path, null, "no regular file");
        } else if (mode == Mode.REPLACE && node.content.size() > 0) {
            disk.used(-node.content.allocatedBytes());
            node.content.size(0);
            disk.touched(node, true);
        }
        return new SimFile(disk, node, path, hand, mode != Mode.READ);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        hand.before(Act.READ, path.toString());
        return disk.find(path.toString(), false) != null;
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        hand.before(Act.READ, directory.toString());
        Node node = disk.find(directory.toString(), true);
        return node == null ? List.of() : new ArrayList<>(node.names.keySet());
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        if (!hand.before(Act.NAME, directory.toString())) {
            return;
        }
        Node there = disk.find(directory.toString(), false);
        if (there == null) {
            disk.needs(Content.PAGE);
            disk.makeDirectory(parent(directory), name(directory));
        } else if (!there.isDirectory()) {
            throw new FileAlreadyExistsException(directory.toString());
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        if (hand.before(Act.NAME, to.toString())) {
            disk.move(parent(from), name(from), parent(to), name(to));
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        if (hand.before(Act.NAME, path.toString())) {
            Node parent = disk.find(path.getParent().toString(), true);
            if (parent != null) {
                disk.remove(parent, name(path));
            }
        }
    }

    @Override
    public void deleteTree(Path directory) throws IOException {
        Node node = disk.find(directory.toString(), false);
        if (node == null) {
            hand.before(Act.READ, directory.toString());
            return;
        }
        for (String name : List.copyOf(node.names.keySet())) {
            deleteTree(directory.resolve(name));
        }
        if (hand.before(Act.NAME, directory.toString())) {
            disk.remove(parent(directory), name(directory));
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (hand.before(Act.SYNC_DIRECTORY, directory.toString())) {
            disk.forceDirectory(disk.directory(directory.toString()));
        }
    }

    @Override
    public void syncAll(Path directory) throws IOException {
        syncAll(directory, disk.writeBack().heard());
    }

    private void syncAll(Path directory, int known) throws IOException {
        if (hand.before(Act.SYNC_ALL, directory.toString())) {
            disk.directory(directory.toString());
            disk.forceAll();
            if (disk.writeBack().tells(known)) {
                throw new IOException("Input/output error");
            }
        }
    }

    @Override
    public SyncWatch watch(Path directory) throws IOException {
        return hand.before(Act.WATCH, directory.toString())
                ? new Watch(disk.writeBack().heard())
                : PoolFiles.super.watch(directory);
    }

    private final class Watch implements SyncWatch {
        private int known;

        Watch(int known) {
            this.known = known;
        }

        @Override
        public void syncAll(Path directory) throws IOException {
            int before = known;
            known = disk.losses();
            SimFiles.this.syncAll(directory, before);
        }

        @Override
        public void close() {
            // nothing is kept
        }
    }

    @Override
    public boolean syncsAtOnce() {
        return disk.rules().syncsAtOnce();
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        hand.before(Act.READ, directory.toString());
        return disk.freeBytes();
    }

    @Override
    public long allocatedBytes(Path path) throws IOException {
        hand.before(Act.READ, path.toString());
        Node node = disk.find(path.toString(), false);
        return node == null ? 0 : allocated(node);
    }

    private static long allocated(Node node) {
        long sum = node.content.allocatedBytes();
        for (Node child : node.names.values()) {
            sum += allocated(child);
        }
        return sum;
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        hand.before(Act.OPEN, file.toString());
        open(disk, hand, parent(file), name(file), file.toString(), Mode.WRITE).close();
        String path = file.toString();
        return disk.lock(path) ? Optional.of(() -> disk.unlock(path)) : Optional.empty();
    }

    /** Outside the heap, as a mapped file is; what it costs a disk is nothing that outlives it. */
    @Override
    public Overflow overflow() {
        return bytes ->
                Arena.ofAuto()
                        .allocate(bytes.length)
                        .copyFrom(MemorySegment.ofArray(bytes))
                        .asReadOnly();
    }

    @Override
    public TreeFiles tree(Path directory) throws IOException {
        hand.before(Act.READ, directory.toString());
        Node node = disk.find(directory.toString(), false);
        if (node == null || !node.isDirectory()) {
            throw new NoSuchFileException(directory.toString());
        }
        return new SimTree(disk, node, directory.toString(), hand);
    }
}
