package org.standfest.replication.pool.files;

import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A directory as the root of a tree, for reading and writing entries that strangers name. No act
 * follows a symbolic link, neither in the last component nor on the way: a path that leads over one
 * fails with an IOException, so that nothing outside the directory can be reached, whatever the
 * tree contains.
 *
 * <p>An entry that is not there is a {@link java.nio.file.NoSuchFileException}, also when a
 * component on the way is missing or no directory. For one thread at a time.
 */
public interface TreeFiles extends Closeable {

    /** What a file system or the rights of this process may be unable to keep. */
    enum Loss {
        /** Owner and group. */
        OWNER,
        /** Permission bits. */
        MODE,
        /** Modification time, or its nanoseconds. */
        TIME,
        /** One or more extended attributes. */
        ATTRIBUTES,
        /** Access control lists. */
        ACL,
        /** Device nodes: there is an empty file in place of each. */
        DEVICE,
        /** Named pipes: there is an empty file in place of each. */
        FIFO,
        /** Symbolic links: there is a file with the target in place of each. */
        SYMLINK,
        /** Hard links: every name is a copy. */
        HARD_LINK
    }

    /**
     * What is known of an entry without reading it.
     *
     * @param kind what it is, never HARD_LINK; empty for a socket or something unknown
     * @param mode the lower twelve bits of st_mode
     * @param uid owner
     * @param gid group
     * @param mtimeNanos modification time, ns since 1970
     * @param ctimeNanos change time, ns since 1970; 0 where there is none
     * @param sizeBytes size of a file, otherwise 0
     * @param deviceMajor major number of a device, otherwise 0
     * @param deviceMinor minor number of a device, otherwise 0
     * @param fileSystem number of the file system; an entry with another one than its directory is
     *     a mount point
     * @param inode with {@code fileSystem}: equal for hard links of one file
     * @param links number of names
     * @param allocatedBytes storage used
     */
    record Status(
            Optional<EntryKind> kind,
            int mode,
            long uid,
            long gid,
            long mtimeNanos,
            long ctimeNanos,
            long sizeBytes,
            long deviceMajor,
            long deviceMinor,
            long fileSystem,
            long inode,
            long links,
            long allocatedBytes) {}

    /** The status of an entry; empty when it is not there. */
    Optional<Status> status(TreePath path) throws IOException;

    /** The names in a directory, in byte order. */
    List<byte[]> list(TreePath directory) throws IOException;

    /**
     * One name in a directory.
     *
     * @param name its bytes
     * @param status what is known of it
     */
    record Child(byte[] name, Status status) {}

    /**
     * The names in a directory, in byte order, each with its status; what went away meanwhile is
     * left out.
     */
    default List<Child> children(TreePath directory) throws IOException {
        List<Child> children = new ArrayList<>();
        for (byte[] name : list(directory)) {
            status(directory.child(name))
                    .ifPresent(status -> children.add(new Child(name, status)));
        }
        return children;
    }

    /** Opens a regular file; nothing else, and never waiting for a pipe. */
    PoolFile open(TreePath file, PoolFiles.Mode mode) throws IOException;

    /** The target of a symbolic link. */
    RawBytes readSymlink(TreePath path) throws IOException;

    /** The extended attributes of an entry that can be read, ACLs among them, sorted by name. */
    List<ExtendedAttribute> attributes(TreePath path) throws IOException;

    /** The stretches of a file without storage. */
    List<ByteRange> holes(TreePath path) throws IOException;

    /**
     * Makes a regular file, which is not there yet, with its content and attributes.
     *
     * @return what could not be kept
     */
    default Set<Loss> createFile(TreePath path, TreeEntry entry, ByteBuffer content)
            throws IOException {
        try (PoolFile file = open(path, PoolFiles.Mode.REPLACE)) {
            file.write(content, 0);
        }
        return setAttributes(path, entry);
    }

    /** Creates a directory that only the owner can enter. */
    void createDirectory(TreePath path) throws IOException;

    /**
     * Creates a symbolic link, pipe or device, without attributes.
     *
     * @return what could not be kept
     */
    Set<Loss> createSpecial(TreePath path, TreeEntry entry) throws IOException;

    /**
     * Gives an entry a second name in this or another tree on the same file system; a place taken
     * is an error.
     */
    void link(TreePath from, TreeFiles toTree, TreePath to) throws IOException;

    /**
     * Moves an entry in this or into another tree on the same file system, in place of a
     * non-directory there.
     */
    void rename(TreePath from, TreeFiles toTree, TreePath to) throws IOException;

    /** Deletes an entry, a directory only when empty; nothing happens when it is not there. */
    void delete(TreePath path) throws IOException;

    /**
     * Gives an entry owner, mode, extended attributes (others are removed) and modification time,
     * as far as possible.
     *
     * @return what could not be kept
     */
    Set<Loss> setAttributes(TreePath path, TreeEntry entry) throws IOException;
}
