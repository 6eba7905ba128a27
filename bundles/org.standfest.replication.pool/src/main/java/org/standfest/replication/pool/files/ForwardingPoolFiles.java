package org.standfest.replication.pool.files;

import org.standfest.replication.protocol.manifest.Overflow;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files that are others' files but for what an implementation overrides. Everything goes on to
 * them, also what {@link PoolFiles} has a default for: a wrapper that forgets a default says less
 * than the files below it can do.
 */
public interface ForwardingPoolFiles extends PoolFiles {

    /** The files that everything goes on to; always the same. */
    PoolFiles real();

    @Override
    default PoolFile open(Path file, Mode mode) throws IOException {
        return real().open(file, mode);
    }

    @Override
    default boolean exists(Path path) throws IOException {
        return real().exists(path);
    }

    @Override
    default List<String> list(Path directory) throws IOException {
        return real().list(directory);
    }

    @Override
    default void createDirectory(Path directory) throws IOException {
        real().createDirectory(directory);
    }

    @Override
    default void rename(Path from, Path to) throws IOException {
        real().rename(from, to);
    }

    @Override
    default void delete(Path path) throws IOException {
        real().delete(path);
    }

    @Override
    default void deleteTree(Path directory) throws IOException {
        real().deleteTree(directory);
    }

    @Override
    default void syncDirectory(Path directory) throws IOException {
        real().syncDirectory(directory);
    }

    @Override
    default void syncAll(Path directory) throws IOException {
        real().syncAll(directory);
    }

    @Override
    default SyncWatch watch(Path directory) throws IOException {
        return real().watch(directory);
    }

    @Override
    default void startWritingAll(Path directory) {
        real().startWritingAll(directory);
    }

    @Override
    default Overflow overflow() {
        return real().overflow();
    }

    @Override
    default boolean syncsAtOnce() {
        return real().syncsAtOnce();
    }

    @Override
    default long usableBytes(Path directory) throws IOException {
        return real().usableBytes(directory);
    }

    @Override
    default long totalBytes(Path directory) throws IOException {
        return real().totalBytes(directory);
    }

    @Override
    default long allocatedBytes(Path path) throws IOException {
        return real().allocatedBytes(path);
    }

    @Override
    default Optional<Closeable> lock(Path file) throws IOException {
        return real().lock(file);
    }

    @Override
    default TreeFiles tree(Path directory) throws IOException {
        return real().tree(directory);
    }
}
