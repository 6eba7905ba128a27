package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a damaged content again in its place. That is safe in place: the content is the one the
 * manifest demands, so whatever a crash leaves was damaged before. The caller holds the system's
 * monitor.
 */
final class Mending {

    private final PoolFiles files;
    private final SystemFiles paths;
    private String knownVolume = "";
    private TreeManifest knownTree = TreeManifest.EMPTY;
    private String knownDiskVolume = "";
    private DiskManifest knownDisk = DiskManifest.zero(0);
    private DeltaNodes knownNodes = DeltaNodes.NONE;

    /**
     * The files whose contents the nodes of one delta are. A removal joins deltas, so it counts
     * only for the points there were.
     */
    private record DeltaNodes(Path delta, List<Long> points, Map<TreePath, TreeEntry> byName) {

        private static final DeltaNodes NONE = new DeltaNodes(Path.of(""), List.of(), Map.of());
    }

    Mending(PoolFiles files, SystemFiles paths) {
        this.files = files;
        this.paths = paths;
    }

    /**
     * Repairs a wanted block of the newest point, and whatever damaged block of an older one has
     * the same content; false when it is not wanted.
     */
    boolean bring(SystemState state, WantedBlock block, ByteBuffer content)
            throws IOException, Refusal {
        DamageList damage = DamageList.read(files, paths);
        DamageList.Item item = new DamageList.Item(0, block);
        if (!damage.contains(item)) {
            return false;
        }
        boolean written =
                block.file().isEmpty()
                        ? disk(block, content)
                        : tree(block, content, manifest(block.volume()));
        if (written) {
            damage.remove(item);
            for (DamageList.Item older : damage.all()) {
                if (older.point() > 0
                        && older.block().hash().equals(block.hash())
                        && older(state, older, content)) {
                    damage.remove(older);
                }
            }
            damage.write(files, paths);
        }
        return written;
    }

    /** The newest manifest of a tree; a session brings many blocks while it stays the same. */
    private TreeManifest manifest(String volume) throws IOException, Refusal {
        if (!volume.equals(knownVolume)) {
            knownTree = StoredTreeManifest.read(files, paths.treeManifest(volume));
            knownVolume = volume;
        }
        return knownTree;
    }

    private boolean disk(WantedBlock block, ByteBuffer content) throws IOException, Refusal {
        if (!block.volume().equals(knownDiskVolume)) {
            knownDisk = StoredDiskManifest.read(files, paths.diskManifest(block.volume()));
            knownDiskVolume = block.volume();
        }
        if (!demands(knownDisk, block)) {
            return false;
        }
        long position = block.index() * Blocks.SIZE;
        try (PoolFile image = files.open(paths.image(block.volume()), PoolFiles.Mode.WRITE)) {
            if (position + content.remaining() > image.sizeBytes()) {
                return false;
            }
            image.write(content.duplicate(), position);
            image.force();
        }
        return true;
    }

    /** Repairs a block that an older point has by itself; false when it does not need it. */
    boolean older(SystemState state, DamageList.Item item, ByteBuffer content)
            throws IOException, Refusal {
        Optional<StoredPoint> point =
                state.stored().stream().filter(one -> one.number() == item.point()).findFirst();
        WantedBlock block = item.block();
        if (point.flatMap(one -> one.point().volume(block.volume())).isEmpty()) {
            return false;
        }
        try {
            return block.file().isEmpty()
                    ? disk(state, item.point(), block, content)
                    : node(state.numbers(), item.point(), block, content);
        } catch (Damage | FileSystemException broken) {
            // the way to this point has suffered as well
            return false;
        }
    }

    /** Repairs a block of a disk wherever a point has it. */
    boolean disk(SystemState state, long number, WantedBlock block, ByteBuffer content)
            throws IOException, Refusal {
        PooledVolume volume = state.point(number).point().volume(block.volume()).orElseThrow();
        DiskAt.Place place;
        try (DiskAt disk = DiskAt.open(files, paths, state.numbers(), number, volume)) {
            if (!demands(disk.manifest(), block)) {
                return false;
            }
            place = disk.place(block.index());
        }
        if (place.position() < 0) {
            return false;
        }
        at(files, place.path(), place.position(), content);
        return true;
    }

    /**
     * A node may be a further name of a file of the newest tree, whose time must not change, and
     * which must never get what another file had there.
     */
    private boolean node(List<Long> points, long number, WantedBlock block, ByteBuffer content)
            throws IOException, Refusal {
        Path older = paths.older(number);
        TreePath node = block.file().orElseThrow();
        Map<TreePath, TreeEntry> nodesOf =
                nodes(SystemFiles.treeDelta(older, block.volume()), points);
        if (!demands(Optional.ofNullable(nodesOf.get(node)), block)) {
            return false;
        }
        Path nodes = SystemFiles.treeDeltaNodes(older, block.volume());
        try (TreeFiles tree = files.tree(nodes)) {
            Optional<TreeFiles.Status> found = tree.status(node);
            if (found.isEmpty()) {
                return false;
            }
            TreeEntry look = look(node, found.get(), tree.attributes(node));
            try (PoolFile file = tree.open(node, PoolFiles.Mode.WRITE)) {
                file.write(content.duplicate(), block.index() * Blocks.SIZE);
                file.force();
            }
            tree.setAttributes(node, look);
        }
        return true;
    }

    /** Read once for all blocks of a delta that a session brings. */
    private Map<TreePath, TreeEntry> nodes(Path delta, List<Long> points)
            throws IOException, Refusal {
        if (!knownNodes.delta().equals(delta) || !knownNodes.points().equals(points)) {
            Map<TreePath, TreeEntry> byName = new HashMap<>();
            for (TreeDelta.Item item : TreeDelta.read(files, delta)) {
                if (item instanceof TreeDelta.Item.Node(TreeEntry entry, long number)) {
                    byName.put(TreePlan.nodeName(number), entry);
                }
            }
            knownNodes = new DeltaNodes(delta, List.copyOf(points), byName);
        }
        return knownNodes.byName();
    }

    /** What a file looks like from outside. */
    private static TreeEntry look(
            TreePath path, TreeFiles.Status status, List<ExtendedAttribute> attributes) {
        return new TreeEntry(
                path,
                EntryKind.FILE,
                status.mode(),
                status.uid(),
                status.gid(),
                status.mtimeNanos(),
                0,
                RawBytes.of(""),
                0,
                0,
                attributes,
                List.of(),
                HashList.EMPTY);
    }

    /**
     * Writes a block of a file of the newest tree. A file that vanished is made anew, with what was
     * above it, and with holes where its other blocks are to come; length, times and whatever else
     * the manifest says are put right as well.
     */
    boolean tree(WantedBlock block, ByteBuffer content, TreeManifest manifest) throws IOException {
        TreePath path = block.file().orElseThrow();
        Optional<TreeEntry> entry = manifest.find(path);
        if (!demands(entry, block)) {
            return false;
        }
        try (TreeFiles tree = files.tree(paths.tree(block.volume()))) {
            List<TreePath> touched = tree.status(path).isEmpty() ? above(tree, path) : List.of();
            try (PoolFile file = tree.open(path, PoolFiles.Mode.WRITE)) {
                if (file.sizeBytes() != entry.get().sizeBytes()) {
                    file.setSize(entry.get().sizeBytes());
                }
                file.write(content.duplicate(), block.index() * Blocks.SIZE);
                file.force();
            }
            tree.setAttributes(path, entry.get());
            for (TreePath directory : touched) {
                Optional<TreeEntry> known = manifest.find(directory);
                if (known.isPresent()) {
                    tree.setAttributes(directory, known.get());
                }
            }
        }
        return true;
    }

    /**
     * Makes the directories above a path that are missing.
     *
     * @return those and the one that they were made in, the innermost first: their times change
     */
    private static List<TreePath> above(TreeFiles tree, TreePath path) throws IOException {
        List<TreePath> touched = new ArrayList<>(List.of(path.parent()));
        while (!touched.getLast().isRoot() && tree.status(touched.getLast()).isEmpty()) {
            touched.add(touched.getLast().parent());
        }
        for (TreePath directory : touched.reversed().subList(1, touched.size())) {
            tree.createDirectory(directory);
        }
        return touched;
    }

    /** Whether a disk needs this content at this place. */
    static boolean demands(DiskManifest disk, WantedBlock block) {
        return block.index() < disk.blockCount() && disk.hash(block.index()).equals(block.hash());
    }

    /** Whether a file of a tree needs this content at this place. */
    static boolean demands(Optional<TreeEntry> entry, WantedBlock block) {
        return entry.filter(one -> one.kind() == EntryKind.FILE)
                .filter(one -> block.index() < one.blocks().size())
                .filter(one -> one.blocks().get((int) block.index()).equals(block.hash()))
                .isPresent();
    }

    /** Writes a content anywhere in a file of the pool. */
    static void at(PoolFiles files, Path path, long position, ByteBuffer content)
            throws IOException {
        try (PoolFile file = files.open(path, PoolFiles.Mode.WRITE)) {
            file.write(content.duplicate(), position);
            file.force();
        }
    }
}
