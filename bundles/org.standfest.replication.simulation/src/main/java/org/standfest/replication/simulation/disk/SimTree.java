package org.standfest.replication.simulation.disk;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A directory of a simulated disk as the root of a tree; no link is followed. */
final class SimTree implements TreeFiles {

    private final SimDisk disk;
    private final Node root;
    private final String at;
    private final Hand hand;

    SimTree(SimDisk disk, Node root, String at, Hand hand) {
        this.disk = disk;
        this.root = root;
        this.at = at;
        this.hand = hand;
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private String full(TreePath path) {
        return at + '/' + path;
    }

    private Node find(TreePath path) {
        Node node = root;
        for (byte[] name : path.components()) {
            node = node == null ? null : node.names.get(text(name));
        }
        return node;
    }

    private Node existing(TreePath path) throws IOException {
        Node node = find(path);
        if (node == null) {
            throw new NoSuchFileException(full(path));
        }
        return node;
    }

    private Node parent(TreePath path) throws IOException {
        Node parent = existing(path.parent());
        if (!parent.isDirectory()) {
            throw new NoSuchFileException(full(path));
        }
        return parent;
    }

    @Override
    public Optional<Status> status(TreePath path) throws IOException {
        hand.before(Act.READ, full(path));
        return Optional.ofNullable(find(path)).map(SimTree::status);
    }

    private static Status status(Node node) {
        Attributes shown = node.attributes;
        return new Status(
                Optional.of(node.kind),
                shown.mode(),
                shown.uid(),
                shown.gid(),
                shown.mtimeNanos(),
                shown.ctimeNanos(),
                node.content.size(),
                node.major,
                node.minor,
                1,
                node.number,
                Math.max(1, node.links),
                node.content.allocatedBytes());
    }

    @Override
    public List<byte[]> list(TreePath directory) throws IOException {
        hand.before(Act.READ, full(directory));
        Node node = existing(directory);
        if (!node.isDirectory()) {
            throw new NoSuchFileException(full(directory));
        }
        return node.names.keySet().stream()
                .map(name -> name.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Override
    public PoolFile open(TreePath file, PoolFiles.Mode mode) throws IOException {
        hand.before(mode == PoolFiles.Mode.READ ? Act.READ : Act.OPEN, full(file));
        return SimFiles.open(disk, hand, parent(file), text(file.name()), full(file), mode);
    }

    @Override
    public RawBytes readSymlink(TreePath path) throws IOException {
        hand.before(Act.READ, full(path));
        Node node = existing(path);
        if (node.kind != EntryKind.SYMLINK) {
            throw new FileSystemException(full(path), null, "no link");
        }
        return node.target;
    }

    @Override
    public List<ExtendedAttribute> attributes(TreePath path) throws IOException {
        hand.before(Act.READ, full(path));
        return existing(path).attributes.extended();
    }

    @Override
    public List<ByteRange> holes(TreePath path) throws IOException {
        hand.before(Act.READ, full(path));
        Content content = existing(path).content;
        List<ByteRange> holes = new ArrayList<>();
        long next = content.seek(0, false);
        while (next < content.size()) {
            long end = content.seek(next, true);
            holes.add(new ByteRange(next, end - next));
            next = content.seek(end, false);
        }
        return holes;
    }

    @Override
    public void createDirectory(TreePath path) throws IOException {
        if (hand.before(Act.NAME, full(path))) {
            disk.needs(Content.PAGE);
            disk.makeDirectory(parent(path), text(path.name()));
        }
    }

    @Override
    public Set<Loss> createSpecial(TreePath path, TreeEntry entry) throws IOException {
        if (hand.before(Act.NAME, full(path))) {
            disk.needs(Content.PAGE);
            Node node =
                    disk.make(
                            entry.kind(),
                            entry.target(),
                            entry.deviceMajor(),
                            entry.deviceMinor(),
                            entry.kind() == EntryKind.SYMLINK ? 0777 : 0600);
            disk.put(parent(path), text(path.name()), node);
        }
        return EnumSet.noneOf(Loss.class);
    }

    @Override
    public void link(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
        SimTree other = (SimTree) toTree;
        if (hand.before(Act.NAME, other.full(to))) {
            Node node = existing(from);
            if (node.isDirectory()) {
                throw new FileSystemException(full(from), null, "a directory");
            }
            disk.put(other.parent(to), text(to.name()), node);
            node.attributes = node.attributes.changed(disk.now());
        }
    }

    @Override
    public void rename(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
        SimTree other = (SimTree) toTree;
        if (hand.before(Act.NAME, other.full(to))) {
            disk.move(parent(from), text(from.name()), other.parent(to), text(to.name()));
        }
    }

    @Override
    public void delete(TreePath path) throws IOException {
        if (hand.before(Act.NAME, full(path)) && find(path) != null) {
            disk.remove(parent(path), text(path.name()));
        }
    }

    @Override
    public Set<Loss> setAttributes(TreePath path, TreeEntry entry) throws IOException {
        if (hand.before(Act.ATTRIBUTES, full(path))) {
            Node node = existing(path);
            disk.touched(node, false);
            node.attributes =
                    new Attributes(
                            entry.mode(),
                            entry.uid(),
                            entry.gid(),
                            entry.mtimeNanos(),
                            disk.now(),
                            List.copyOf(entry.attributes()));
        }
        return EnumSet.noneOf(Loss.class);
    }

    @Override
    public void close() {
        // nothing is kept
    }
}
