package org.standfest.replication.protocol.manifest;

import java.util.List;
import java.util.Objects;

/**
 * One entry of a tree with everything that a faithful copy keeps. Values that a kind does not have
 * are 0 or empty; the constructor refuses anything else with an IllegalArgumentException, so that
 * an entry is canonical: the same file gives the same bytes and the same root hash.
 *
 * @param path where it lies
 * @param kind what it is
 * @param mode the lower twelve bits of st_mode (permissions, set-user-id, set-group-id, sticky)
 * @param uid owner, 0 to 4 294 967 295
 * @param gid group, 0 to 4 294 967 295
 * @param mtimeNanos modification time in nanoseconds since 1970-01-01T00:00Z, may be negative
 * @param sizeBytes size of a file, otherwise 0
 * @param target target of a symbolic link, or the path of the first name for a hard link; otherwise
 *     empty
 * @param deviceMajor major number of a device, otherwise 0
 * @param deviceMinor minor number of a device, otherwise 0
 * @param attributes extended attributes (ACLs among them), sorted by name, each name once
 * @param holes stretches of a file without storage, sorted, apart from each other, inside the file
 * @param blocks the hashes of a file's blocks; otherwise empty
 */
public record TreeEntry(
        TreePath path,
        EntryKind kind,
        int mode,
        long uid,
        long gid,
        long mtimeNanos,
        long sizeBytes,
        RawBytes target,
        long deviceMajor,
        long deviceMinor,
        List<ExtendedAttribute> attributes,
        List<ByteRange> holes,
        HashList blocks) {

    /** Most extended attributes of one entry. */
    public static final int MAX_ATTRIBUTES = 1_024;

    /** Most holes of one file. */
    public static final int MAX_HOLES = 1 << 20;

    /** The target of whatever has none. */
    public static final RawBytes NO_TARGET = RawBytes.of("");

    private static final long MAX_ID = 0xffff_ffffL;

    /** Checks that the entry is canonical. */
    public TreeEntry {
        Objects.requireNonNull(path);
        Objects.requireNonNull(blocks);
        attributes = List.copyOf(attributes);
        holes = List.copyOf(holes);
        require((mode & ~0xfff) == 0, "mode");
        require(isId(uid) && isId(gid), "owner");
        require(isId(deviceMajor) && isId(deviceMinor), "device number");
        require(kind.isDevice() || (deviceMajor | deviceMinor) == 0, "device number of no device");
        require(!path.isRoot() || kind == EntryKind.DIRECTORY, "root that is no directory");
        checkContent(kind, sizeBytes, holes, blocks);
        checkTarget(path, kind, target);
        checkAttributes(attributes);
        require(
                kind != EntryKind.HARD_LINK
                        || (mode | uid | gid | mtimeNanos) == 0 && attributes.isEmpty(),
                "hard link with attributes of its own");
        require(kind != EntryKind.SYMLINK || mode == 0777, "mode of a symbolic link");
    }

    private static boolean isId(long id) {
        return id >= 0 && id <= MAX_ID;
    }

    private static void checkContent(
            EntryKind kind, long size, List<ByteRange> holes, HashList blocks) {
        require(kind == EntryKind.FILE || size == 0, "size of no file");
        require(size >= 0 && size <= Blocks.MAX_SIZE_BYTES, "size");
        require(blocks.size() == Blocks.count(size), "number of blocks");
        require(holes.size() <= MAX_HOLES, "number of holes");
        long end = -1;
        for (ByteRange hole : holes) {
            require(hole.position() > end && hole.end() <= size, "holes");
            end = hole.end();
        }
    }

    private static void checkTarget(TreePath path, EntryKind kind, RawBytes target) {
        switch (kind) {
            case SYMLINK -> {
                require(target.length() > 0 && target.length() <= TreePath.MAX_BYTES, "target");
                for (byte b : target.toBytes()) {
                    require(b != 0, "target with a NUL byte");
                }
            }
            case HARD_LINK -> {
                TreePath first = TreePath.of(target.toBytes());
                require(!first.isRoot() && first.compareTo(path) < 0, "hard link to a later entry");
            }
            default -> require(target.length() == 0, "target of no link");
        }
    }

    private static void checkAttributes(List<ExtendedAttribute> attributes) {
        require(attributes.size() <= MAX_ATTRIBUTES, "number of extended attributes");
        for (int i = 1; i < attributes.size(); i++) {
            require(
                    attributes.get(i - 1).name().compareTo(attributes.get(i).name()) < 0,
                    "order of extended attributes");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("tree entry with a wrong " + what);
        }
    }

    /** A second name of an earlier entry. */
    public static TreeEntry hardLink(TreePath path, TreePath firstName) {
        return new TreeEntry(
                path,
                EntryKind.HARD_LINK,
                0,
                0,
                0,
                0,
                0,
                RawBytes.of(firstName.toBytes()),
                0,
                0,
                List.of(),
                List.of(),
                HashList.EMPTY);
    }

    /** A directory without extended attributes. */
    public static TreeEntry directory(
            TreePath path, int mode, long uid, long gid, long mtimeNanos) {
        return new TreeEntry(
                path,
                EntryKind.DIRECTORY,
                mode,
                uid,
                gid,
                mtimeNanos,
                0,
                NO_TARGET,
                0,
                0,
                List.of(),
                List.of(),
                HashList.EMPTY);
    }

    /** The first name of a hard link; IllegalStateException for other kinds. */
    public TreePath firstName() {
        if (kind != EntryKind.HARD_LINK) {
            throw new IllegalStateException(path + " is no hard link");
        }
        return TreePath.of(target.toBytes());
    }

    /** The same entry at another path. */
    public TreeEntry at(TreePath other) {
        return new TreeEntry(
                other,
                kind,
                mode,
                uid,
                gid,
                mtimeNanos,
                sizeBytes,
                target,
                deviceMajor,
                deviceMinor,
                attributes,
                holes,
                blocks);
    }

    /**
     * Whether the content (bytes, holes, target, device) is the same, whatever owner, mode, times
     * say.
     */
    public boolean hasContentOf(TreeEntry other) {
        return kind == other.kind
                && sizeBytes == other.sizeBytes
                && target.equals(other.target)
                && deviceMajor == other.deviceMajor
                && deviceMinor == other.deviceMinor
                && holes.equals(other.holes)
                && blocks.equals(other.blocks);
    }
}
