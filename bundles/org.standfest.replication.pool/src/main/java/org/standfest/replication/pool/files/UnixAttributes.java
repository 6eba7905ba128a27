package org.standfest.replication.pool.files;

import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Extended attributes of a tree's entries on Linux. For the tree's thread. */
final class UnixAttributes {

    private final EntryCalls c;
    private final UnixWalk walk;

    UnixAttributes(EntryCalls c, UnixWalk walk) {
        this.c = c;
        this.walk = walk;
    }

    /** All that can be read, sorted by name. */
    List<ExtendedAttribute> read(TreePath path) throws IOException {
        byte[] proc = proc(path);
        List<ExtendedAttribute> attributes = new ArrayList<>();
        for (byte[] name : attributeNames(proc)) {
            try {
                attributes.add(
                        new ExtendedAttribute(
                                RawBytes.of(name), RawBytes.of(c.attribute(proc, name))));
            } catch (CallFailed unreadable) {
                if (unreadable.errno() != LibC.ENODATA && unreadable.errno() != LibC.EPERM) {
                    throw unreadable;
                }
            }
        }
        attributes.sort((a, b) -> a.name().compareTo(b.name()));
        return attributes;
    }

    private List<byte[]> attributeNames(byte[] proc) throws IOException {
        byte[] all;
        try {
            all = c.attributeNames(proc);
        } catch (CallFailed failed) {
            if (failed.errno() == LibC.EOPNOTSUPP) {
                return List.of();
            }
            throw failed;
        }
        List<byte[]> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == 0) {
                names.add(Arrays.copyOfRange(all, start, i));
                start = i + 1;
            }
        }
        return names;
    }

    /** Whether an entry has any. */
    boolean any(TreePath path) throws IOException {
        return !attributeNames(proc(path)).isEmpty();
    }

    /** Gives an entry those it should have and takes the others away. */
    void write(TreePath path, TreeEntry entry, Set<TreeFiles.Loss> losses) throws IOException {
        byte[] proc = proc(path);
        List<ExtendedAttribute> wanted = entry.attributes();
        for (byte[] present : attributeNames(proc)) {
            RawBytes name = RawBytes.of(present);
            if (wanted.stream().noneMatch(attribute -> attribute.name().equals(name))) {
                Attempt.make(Attempt.lossOf(name), losses, () -> c.removeAttribute(proc, present));
            }
        }
        for (ExtendedAttribute attribute : wanted) {
            Attempt.make(
                    Attempt.lossOf(attribute.name()),
                    losses,
                    () ->
                            c.setAttribute(
                                    proc, attribute.name().toBytes(), attribute.value().toBytes()));
        }
    }

    /**
     * The entry as a path for calls that have no …at form; the descriptor in it keeps the walk
     * safe.
     */
    private byte[] proc(TreePath path) throws IOException {
        byte[] prefix =
                ("/proc/self/fd/" + walk.directoryOf(path) + '/')
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] name = UnixWalk.nameOf(path);
        byte[] joined = Arrays.copyOf(prefix, prefix.length + name.length);
        System.arraycopy(name, 0, joined, prefix.length, name.length);
        return joined;
    }
}
