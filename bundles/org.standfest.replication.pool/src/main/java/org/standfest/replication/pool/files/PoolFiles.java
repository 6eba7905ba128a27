package org.standfest.replication.pool.files;

import org.standfest.replication.protocol.manifest.Overflow;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything the pool asks of a file system. The paths are the pool's own, made of safe names;
 * whatever an agent may name is reached through {@link TreeFiles} only. A simulator implements this
 * to inject crashes and faults.
 *
 * <p>Nothing is durable until {@link PoolFile#force}, {@link #syncDirectory} or {@link #syncAll}.
 * Safe for any thread.
 */
public interface PoolFiles {

    /** How a file is opened. A symbolic link in the last place is never followed. */
    enum Mode {
        /** An existing file, to read. */
        READ,
        /** To read and write; created when it is not there. */
        WRITE,
        /** To read and write; an existing file is emptied. */
        REPLACE
    }

    /** Opens a file. */
    PoolFile open(Path file, Mode mode) throws IOException;

    /** Whether there is anything at a path. */
    boolean exists(Path path) throws IOException;

    /** The names in a directory, sorted; none when it does not exist. */
    List<String> list(Path directory) throws IOException;

    /**
     * Creates a directory (readable by the owner only) unless it is there; its parent must exist.
     */
    void createDirectory(Path directory) throws IOException;

    /**
     * Moves a file or directory within the file system, atomically, in place of a file that may be
     * there.
     */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or an empty directory; nothing happens when there is none. */
    void delete(Path path) throws IOException;

    /**
     * Deletes a directory with all below it, never following a link; nothing happens when there is
     * none.
     */
    void deleteTree(Path directory) throws IOException;

    /** Makes the names in a directory durable. */
    void syncDirectory(Path directory) throws IOException;

    /** Makes everything below a directory durable: names, content, attributes. */
    void syncAll(Path directory) throws IOException;

    /**
     * Watches over what is written from now on below a directory; by default what {@link #syncAll}
     * hears by itself.
     */
    default SyncWatch watch(Path directory) throws IOException {
        return new SyncWatch() {
            @Override
            public void syncAll(Path below) throws IOException {
                PoolFiles.this.syncAll(below);
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }

    /**
     * Lets the file system begin to write what lies below a directory while more is on its way, so
     * that a later {@link #syncAll} of the same directory has less to wait for. Returns at once and
     * promises nothing; a fault that it meets is still told to that later call.
     */
    default void startWritingAll(Path directory) {}

    /**
     * Whether {@link #syncAll} is one call for everything, cheaper than a {@link PoolFile#force}
     * for each of a few files.
     */
    default boolean syncsAtOnce() {
        return false;
    }

    /** What the file system would still give, in bytes. */
    long usableBytes(Path directory) throws IOException;

    /** The size of the file system in bytes; 0 when unknown. */
    default long totalBytes(Path directory) throws IOException {
        return 0;
    }

    /** Allocated bytes of a file, or of a directory with all below it; 0 when there is none. */
    long allocatedBytes(Path path) throws IOException;

    /** Locks the pool for this process until closed; empty when somebody else has it. */
    Optional<Closeable> lock(Path file) throws IOException;

    /** Where manifests of large trees go while they are in use; by default the heap. */
    default Overflow overflow() {
        return Overflow.HEAP;
    }

    /** Opens an existing directory as the root of a tree. */
    TreeFiles tree(Path directory) throws IOException;
}
