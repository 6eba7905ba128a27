package org.standfest.replication.engine;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.pool.files.TreeFiles.Status;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.Overflow;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.replication.transport.ChannelException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Walks a tree and makes its manifest. What size, times and inode show as unchanged is taken from
 * the basis; of everything else the content is read, and blocks that differ from the basis are
 * handed out. A file that changes while it is read is read again, a few times. For one thread.
 */
final class TreeScan {

    private static final int ATTEMPTS = 3;

    /**
     * An entry changed less than this before it was looked at may change again within the clock's
     * tick.
     */
    private static final long TICK_NANOS = 50_000_000;

    private static final long FILE_SYSTEM_SPREAD = 0x9e3779b97f4a7c15L;
    private static final long PROGRESS_EVERY_BYTES = 4 << 20;

    /** Takes what is found, in path order. */
    interface Taker {

        /** A block of a file that differs from the basis; it comes before its file's entry. */
        void block(FoundBlock block) throws ChannelException, SourceFault;

        /** An entry that is not taken over from the basis. */
        void entry(TreeEntry entry) throws ChannelException, SourceFault, IOException;
    }

    private record Link(long fileSystem, long inode) {}

    private record Content(long sizeBytes, HashList hashes) {}

    private final String volume;
    private final TreeFiles tree;
    private final TreeManifest basis;
    private final TreeIndex known;
    private final Excludes excludes;
    private final boolean crossMounts;
    private final SessionCounts counts;
    private final Cancellation cancellation;
    private final long takenAtNanos;
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer buffer = ByteBuffer.allocate(Blocks.SIZE);
    private final Map<Link, TreePath> firstNames = new HashMap<>();
    private final TreeManifest.Builder manifest;
    private final TreeIndex.Builder index = new TreeIndex.Builder();
    private Taker taker;
    private LongConsumer progress;
    private long unreported;
    private long rootFileSystem;
    private int cursor;

    /**
     * @param known what belongs to the basis; {@code null}: every file is read
     * @param crossMounts whether what is mounted below belongs to the tree
     * @param overflow where the manifest of a large tree goes
     */
    TreeScan(
            String volume,
            TreeFiles tree,
            TreeManifest basis,
            TreeIndex known,
            Excludes excludes,
            boolean crossMounts,
            SessionCounts counts,
            Cancellation cancellation,
            Instant takenAt,
            Overflow overflow) {
        this.manifest = new TreeManifest.Builder(overflow);
        this.volume = volume;
        this.tree = tree;
        this.crossMounts = crossMounts;
        this.basis = basis;
        this.known = known != null && known.size() == basis.size() ? known : null;
        this.excludes = excludes;
        this.counts = counts;
        this.cancellation = cancellation;
        this.takenAtNanos = takenAt.getEpochSecond() * 1_000_000_000L + takenAt.getNano();
    }

    /** Walks; the manifest is complete when this returns. */
    TreeManifest run(Taker receiver, LongConsumer examined)
            throws IOException, ChannelException, SourceFault {
        taker = receiver;
        progress = examined;
        Status root = tree.status(TreePath.ROOT).orElseThrow(() -> new NoSuchFileException(volume));
        rootFileSystem = root.fileSystem();
        walk(TreePath.ROOT, root);
        progress.accept(unreported);
        return manifest.build();
    }

    TreeIndex index() {
        return index.build();
    }

    private void walk(TreePath path, Status status)
            throws IOException, ChannelException, SourceFault {
        boolean taken;
        try {
            taken = take(path, status);
        } catch (NoSuchFileException _) {
            // Gone since its directory was read: it is as if it had never been there.
            return;
        }
        if (!taken) {
            return;
        }
        index.add(key(status), trusted(status));
        if (status.kind().orElse(null) == EntryKind.DIRECTORY
                && (crossMounts || status.fileSystem() == rootFileSystem)) {
            descend(path);
        }
    }

    /** A number of a file that other file systems of the tree do not have. */
    private long key(Status status) {
        return status.fileSystem() == rootFileSystem
                ? status.inode()
                : status.inode() ^ status.fileSystem() * FILE_SYSTEM_SPREAD;
    }

    private void descend(TreePath directory) throws IOException, ChannelException, SourceFault {
        if (cancellation.requested()) {
            throw Faults.cancelled();
        }
        List<TreeFiles.Child> children;
        try {
            children = tree.children(directory);
        } catch (NoSuchFileException _) {
            return;
        }
        for (TreeFiles.Child child : children) {
            if (child.status().kind().isPresent()) {
                TreePath path = directory.child(child.name());
                if (!excludes.leaveOut(path)) {
                    walk(path, child.status());
                }
            }
        }
    }

    /** Puts an entry into the manifest; false when it has gone. */
    private boolean take(TreePath path, Status status)
            throws IOException, ChannelException, SourceFault {
        EntryKind kind = status.kind().orElseThrow();
        if (status.links() > 1 && kind != EntryKind.DIRECTORY) {
            TreePath first =
                    firstNames.putIfAbsent(new Link(status.fileSystem(), status.inode()), path);
            if (first != null) {
                add(TreeEntry.hardLink(path, first));
                return true;
            }
        }
        int same = unchanged(path, kind, status);
        if (same >= 0) {
            if (basis.comparePath(same, path) == 0) {
                manifest.addSame(basis, same);
            } else {
                manifest.addMoved(basis, same, path);
            }
            return true;
        }
        Optional<TreeEntry> entry =
                kind == EntryKind.FILE
                        ? file(path, status)
                        : Optional.of(special(path, kind, status));
        if (entry.isPresent()) {
            add(entry.get());
        }
        return entry.isPresent();
    }

    private void add(TreeEntry entry) throws ChannelException, SourceFault, IOException {
        manifest.add(entry);
        taker.entry(entry);
    }

    /**
     * Where in the basis the entry stands when everything says that nothing changed, also under a
     * new name; -1 when something changed.
     */
    private int unchanged(TreePath path, EntryKind kind, Status status) {
        if (known == null) {
            return -1;
        }
        int order = -1;
        while (cursor < basis.size() && (order = basis.comparePath(cursor, path)) < 0) {
            cursor++;
        }
        long key = key(status);
        boolean samePlace = cursor < basis.size() && order == 0 && known.inode(cursor) == key;
        int place = samePlace ? cursor : known.placeOf(key);
        if (place < 0 || known.ctimeNanos(place) != status.ctimeNanos()) {
            return -1;
        }
        if (basis.kind(place) == EntryKind.HARD_LINK) {
            place = basis.indexOf(basis.get(place).firstName());
        }
        return place >= 0
                        && basis.kind(place) == kind
                        && basis.mtimeNanos(place) == status.mtimeNanos()
                        && basis.sizeBytes(place) == status.sizeBytes()
                ? place
                : -1;
    }

    /** The change time as it may be compared next time. */
    private long trusted(Status status) {
        return takenAtNanos - status.ctimeNanos() < TICK_NANOS
                ? TreeIndex.UNTRUSTED
                : status.ctimeNanos();
    }

    private TreeEntry special(TreePath path, EntryKind kind, Status status) throws IOException {
        RawBytes target = kind == EntryKind.SYMLINK ? tree.readSymlink(path) : TreeEntry.NO_TARGET;
        int mode = kind == EntryKind.SYMLINK ? 0777 : status.mode();
        return complete(
                new TreeEntry(
                        path,
                        kind,
                        mode,
                        status.uid(),
                        status.gid(),
                        status.mtimeNanos(),
                        0,
                        target,
                        status.deviceMajor(),
                        status.deviceMinor(),
                        tree.attributes(path),
                        List.of(),
                        HashList.EMPTY));
    }

    /** The same; what could not be taken along is counted. */
    private TreeEntry complete(TreeEntry entry) {
        if (entry.attributes().stream().anyMatch(ExtendedAttribute::isLeftOut)) {
            counts.incomplete(entry.path().toString());
        }
        return entry;
    }

    private Optional<TreeEntry> file(TreePath path, Status first)
            throws IOException, ChannelException, SourceFault {
        Status before = first;
        Optional<TreeEntry> old = basis.find(path).filter(entry -> entry.kind() == EntryKind.FILE);
        for (int attempt = 1; ; attempt++) {
            // Where no storage is there is nothing to read: a sparse file costs what it holds.
            List<ByteRange> holes =
                    before.allocatedBytes() < before.sizeBytes() ? tree.holes(path) : List.of();
            Content content = read(path, old, holes);
            TreeEntry entry = file(path, before, content, inside(holes, content.sizeBytes()));
            Optional<Status> after = tree.status(path);
            if (after.isEmpty()) {
                return Optional.empty();
            }
            boolean settled =
                    after.get().ctimeNanos() == before.ctimeNanos()
                            && after.get().mtimeNanos() == before.mtimeNanos()
                            && after.get().inode() == before.inode()
                            && after.get().sizeBytes() == content.sizeBytes();
            if (settled) {
                return Optional.of(complete(entry));
            }
            if (attempt == ATTEMPTS || after.get().kind().orElse(null) != EntryKind.FILE) {
                counts.unsettled(path.toString());
                return Optional.of(complete(entry));
            }
            before = after.get();
        }
    }

    private TreeEntry file(TreePath path, Status status, Content content, List<ByteRange> holes)
            throws IOException {
        return new TreeEntry(
                path,
                EntryKind.FILE,
                status.mode(),
                status.uid(),
                status.gid(),
                status.mtimeNanos(),
                content.sizeBytes(),
                TreeEntry.NO_TARGET,
                0,
                0,
                tree.attributes(path),
                holes,
                content.hashes());
    }

    /** The holes that lie within what was read. */
    private static List<ByteRange> inside(List<ByteRange> holes, long sizeBytes) {
        if (holes.isEmpty()) {
            return holes;
        }
        List<ByteRange> inside = new ArrayList<>();
        for (ByteRange hole : holes) {
            if (hole.position() < sizeBytes) {
                inside.add(
                        new ByteRange(
                                hole.position(),
                                Math.min(hole.end(), sizeBytes) - hole.position()));
            }
        }
        return inside;
    }

    private Content read(TreePath path, Optional<TreeEntry> old, List<ByteRange> holes)
            throws IOException, ChannelException, SourceFault {
        List<BlockHash> hashes = new ArrayList<>();
        long position = 0;
        try (PoolFile file = tree.open(path, PoolFiles.Mode.READ)) {
            for (int hole = 0; position < Blocks.MAX_SIZE_BYTES; ) {
                while (hole < holes.size() && holes.get(hole).end() <= position) {
                    hole++;
                }
                if (hole < holes.size()
                        && holes.get(hole).position() <= position
                        && holes.get(hole).end() >= position + Blocks.SIZE) {
                    counts.blocksExamined.increment();
                    report(Blocks.SIZE);
                    hashes.add(BlockHash.ZERO);
                    position += Blocks.SIZE;
                    continue;
                }
                buffer.clear();
                int count = fill(file, position);
                if (count == 0) {
                    break;
                }
                BlockHash hash = hasher.hash(buffer.flip());
                counts.blocksExamined.increment();
                report(count);
                if (!hash.isZero() && !standsIn(old, hashes.size(), hash, count)) {
                    counts.blocksChanged.increment();
                    counts.bytesChanged.add(count);
                    byte[] content = new byte[count];
                    buffer.get(0, content);
                    taker.block(new FoundBlock(0, hash, content));
                }
                hashes.add(hash);
                position += count;
                if (count < Blocks.SIZE) {
                    break;
                }
                if (cancellation.requested()) {
                    throw Faults.cancelled();
                }
            }
        }
        return new Content(position, HashList.of(hashes));
    }

    private int fill(PoolFile file, long position) throws IOException {
        int count = 0;
        while (buffer.hasRemaining()) {
            int more = file.read(buffer, position + count);
            if (more <= 0) {
                break;
            }
            count += more;
        }
        return count;
    }

    private static boolean standsIn(
            Optional<TreeEntry> old, int block, BlockHash hash, int length) {
        return old.isPresent()
                && block < old.get().blocks().size()
                && old.get().blocks().get(block).equals(hash)
                && Blocks.length(block, old.get().sizeBytes()) == length;
    }

    private void report(long bytes) {
        unreported += bytes;
        if (unreported >= PROGRESS_EVERY_BYTES) {
            progress.accept(unreported);
            unreported = 0;
        }
    }
}
