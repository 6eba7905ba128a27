package org.standfest.replication.simulation.disk;

import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.RawBytes;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A disk with one file system in memory. It outlives processes and, in part, power failures: see
 * {@link DiskRules}. For one thread at a time.
 */
public final class SimDisk {

    private static final int MAX_LINKS_ON_THE_WAY = 40;

    private final DiskRules rules;
    private final RandomGenerator random;
    private final LongSupplier nanos;
    private final Node root;
    private final NameChanges pending;
    private final WriteBack writeBack = new WriteBack();
    private final Set<Node> dirty = new LinkedHashSet<>();
    private final Set<String> locks = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private long numbers;
    private long capacityBytes = Long.MAX_VALUE;
    private long usedBytes;

    /**
     * An empty disk.
     *
     * @param random decides what survives a power failure
     * @param nanos the time, ns since 1970
     */
    public SimDisk(DiskRules rules, RandomGenerator random, LongSupplier nanos) {
        this.rules = rules;
        this.random = random;
        this.nanos = nanos;
        this.pending = new NameChanges(rules.journalled());
        this.root = make(EntryKind.DIRECTORY, RawBytes.of(""), 0, 0, 0755);
    }

    Node make(EntryKind kind, RawBytes target, long major, long minor, int mode) {
        long now = nanos.getAsLong();
        Attributes first = new Attributes(mode, 0, 0, now, now, List.of());
        return new Node(++numbers, kind, target, major, minor, first);
    }

    /** What the file system promises. */
    public DiskRules rules() {
        return rules;
    }

    long now() {
        return nanos.getAsLong();
    }

    /** Everything on the disk so far is foreign: from now on whoever changes it is reported. */
    public void guardEverything() {
        walk(root, node -> node.guarded = true);
        forceAll();
    }

    /** Makes a directory with which one may do as one likes. */
    public void makeFree(Path directory) throws IOException {
        Node parent = directory(directory.getParent().toString());
        boolean before = parent.guarded;
        parent.guarded = false;
        makeDirectory(parent, directory.getFileName().toString());
        parent.guarded = before;
        forceAll();
    }

    /** What happened outside the places where something may happen. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** How many bytes the disk holds from now on. */
    public void capacity(long bytes) {
        capacityBytes = bytes;
    }

    /** Whether there is an end to what it holds. */
    public boolean isTight() {
        return capacityBytes < Long.MAX_VALUE;
    }

    /** Bytes in use. */
    public long usedBytes() {
        return usedBytes;
    }

    long freeBytes() {
        return Math.max(0, capacityBytes - usedBytes);
    }

    private static void walk(Node node, java.util.function.Consumer<Node> visitor) {
        visitor.accept(node);
        node.names.values().forEach(child -> walk(child, visitor));
    }

    // --- names ---------------------------------------------------------------------------------

    /** The node a path leads to; {@code null} when there is none. Links on the way are followed. */
    Node find(String path, boolean followLast) throws IOException {
        Deque<String> rest = new ArrayDeque<>(parts(path));
        Deque<Node> way = new ArrayDeque<>(List.of(root));
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.removeFirst();
            if (name.equals("..")) {
                if (way.size() > 1) {
                    way.removeLast();
                }
                continue;
            }
            Node next = way.getLast().names.get(name);
            if (next == null) {
                return null;
            }
            if (next.kind == EntryKind.SYMLINK && (followLast || !rest.isEmpty())) {
                if (++links > MAX_LINKS_ON_THE_WAY) {
                    throw new FileSystemException(path, null, "too many links");
                }
                List<String> target = parts(next.target.toString());
                if (next.target.toString().startsWith("/")) {
                    way.clear();
                    way.add(root);
                }
                target.reversed().forEach(rest::addFirst);
                continue;
            }
            if (!next.isDirectory() && !rest.isEmpty()) {
                return null;
            }
            way.addLast(next);
        }
        return way.getLast();
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    Node directory(String path) throws IOException {
        Node node = find(path, true);
        if (node == null) {
            throw new NoSuchFileException(path);
        }
        if (!node.isDirectory()) {
            throw new NotDirectoryException(path);
        }
        return node;
    }

    private void change(NameChanges.Edit... edits) {
        for (NameChanges.Edit edit : edits) {
            if (edit.directory().guarded) {
                violations.add("name " + edit.name() + " in a foreign directory");
            }
            Node old =
                    edit.node() == null
                            ? edit.directory().names.remove(edit.name())
                            : edit.directory().names.put(edit.name(), edit.node());
            if (edit.node() != null) {
                edit.node().links++;
            }
            if (old != null && --old.links == 0) {
                used(-old.content.allocatedBytes());
            }
            edit.directory().attributes = edit.directory().attributes.touched(now());
            dirty.add(edit.directory());
        }
        pending.add(edits);
    }

    void makeDirectory(Node parent, String name) throws IOException {
        vacant(parent, name);
        change(
                new NameChanges.Edit(
                        parent, name, make(EntryKind.DIRECTORY, RawBytes.of(""), 0, 0, 0700)));
    }

    void put(Node parent, String name, Node node) throws IOException {
        vacant(parent, name);
        change(new NameChanges.Edit(parent, name, node));
    }

    private static void vacant(Node parent, String name) throws IOException {
        if (parent.names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
    }

    void remove(Node parent, String name) throws IOException {
        Node node = parent.names.get(name);
        if (node == null) {
            return;
        }
        if (!node.names.isEmpty()) {
            throw new DirectoryNotEmptyException(name);
        }
        change(new NameChanges.Edit(parent, name, null));
    }

    void move(Node from, String name, Node to, String newName) throws IOException {
        Node node = from.names.get(name);
        if (node == null) {
            throw new NoSuchFileException(name);
        }
        Node there = to.names.get(newName);
        if (there == node) {
            return;
        }
        if (there != null && there.isDirectory() != node.isDirectory()) {
            throw new FileSystemException(newName, null, "directory and no directory");
        }
        if (there != null && !there.names.isEmpty()) {
            throw new DirectoryNotEmptyException(newName);
        }
        change(new NameChanges.Edit(to, newName, node), new NameChanges.Edit(from, name, null));
        node.attributes = node.attributes.changed(now());
    }

    // --- content -------------------------------------------------------------------------------

    /** Has to be asked before storage is taken. */
    void needs(long bytes) throws IOException {
        if (bytes > freeBytes()) {
            throw new FileSystemException("disk", null, "No space left on device");
        }
    }

    void used(long bytes) {
        usedBytes += bytes;
    }

    void touched(Node node, boolean content) {
        if (node.guarded) {
            violations.add("a foreign file or directory");
        }
        node.attributes = content ? node.attributes.touched(now()) : node.attributes.changed(now());
        dirty.add(node);
        if (content && writeBack.losesNow()) {
            long before = allocated(dirty);
            writeBack.lose(dirty);
            used(allocated(dirty) - before);
        }
    }

    private static long allocated(Set<Node> nodes) {
        return nodes.stream().mapToLong(node -> node.content.allocatedBytes()).sum();
    }

    /** Losing pages in the background, and who was told of it. */
    WriteBack writeBack() {
        return writeBack;
    }

    /** After one of the next writes a page is lost, and nobody is told before he asks. */
    public void loseSoon(RandomGenerator chance, int within) {
        writeBack.loseSoon(chance, within);
    }

    /** From now on nothing is lost. */
    public void loseNoMore() {
        writeBack.loseNoMore();
    }

    /** How many pages were lost so far. */
    public int losses() {
        return writeBack.losses();
    }

    // --- what lasts ----------------------------------------------------------------------------

    void force(Node node) {
        node.force();
        if (!node.isDirectory()) {
            dirty.remove(node);
        }
        if (rules.journalled()) {
            pending.force();
        }
    }

    void forceDirectory(Node directory) {
        directory.safeAttributes = directory.attributes;
        pending.force(directory);
    }

    /** Everything lasts. */
    public void forceAll() {
        pending.force();
        dirty.forEach(Node::force);
        dirty.clear();
    }

    /** The power fails: locks go, and of what was not synced something or nothing is left. */
    public void crash() {
        locks.clear();
        pending.crash(random);
        dirty.addAll(writeBack.lossy());
        writeBack.crash();
        for (Node node : dirty) {
            node.content.crash(random, rules.journalled());
            if (random.nextBoolean()) {
                node.attributes = node.safeAttributes;
            }
            node.safeAttributes = node.attributes;
        }
        dirty.clear();
        usedBytes = 0;
        restart(root, new HashSet<>());
    }

    private void restart(Node node, Set<Node> seen) {
        node.links++;
        if (!seen.add(node)) {
            return;
        }
        node.links = 1;
        usedBytes += node.content.allocatedBytes();
        node.names.clear();
        node.names.putAll(node.safeNames);
        node.names.values().forEach(child -> restart(child, seen));
    }

    /** A process ended: its locks are free. */
    public void unlockAll() {
        locks.clear();
    }

    boolean lock(String path) {
        return locks.add(path);
    }

    void unlock(String path) {
        locks.remove(path);
    }

    /**
     * One bit turns in a file below a directory.
     *
     * @return the file's path, or nothing when there was nothing to hit
     */
    public java.util.Optional<String> rot(Path directory) throws IOException {
        List<String> files = new ArrayList<>();
        collect(directory.toString(), directory(directory.toString()), files);
        if (files.isEmpty()) {
            return java.util.Optional.empty();
        }
        String chosen = files.get(random.nextInt(files.size()));
        return find(chosen, false).content.rot(random)
                ? java.util.Optional.of(chosen)
                : java.util.Optional.empty();
    }

    private static void collect(String path, Node node, List<String> files) {
        node.names.forEach((name, child) -> collect(path + '/' + name, child, files));
        if (node.kind == EntryKind.FILE && node.content.size() > 0) {
            files.add(path);
        }
    }

    /** The content of a file as it is now, for whoever checks. */
    public byte[] bytes(Path file) throws IOException {
        Node node = find(file.toString(), false);
        if (node == null || node.kind != EntryKind.FILE) {
            throw new NoSuchFileException(file.toString());
        }
        return node.content.bytes();
    }
}
