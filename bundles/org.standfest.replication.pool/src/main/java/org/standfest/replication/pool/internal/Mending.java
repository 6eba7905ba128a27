package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreeEntry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Writes a damaged content again in its place. That is safe in place: the content is the one the
 * manifest demands, so whatever a crash leaves was damaged before. The caller holds the system's
 * monitor.
 */
final class Mending {

    private final PoolFiles files;
    private final SystemFiles paths;

    Mending(PoolFiles files, SystemFiles paths) {
        this.files = files;
        this.paths = paths;
    }

    /** Repairs a wanted block of the newest point; false when it is not wanted. */
    boolean bring(WantedBlock block, ByteBuffer content) throws IOException {
        DamageList damage = DamageList.read(files, paths);
        DamageList.Item item = new DamageList.Item(0, block);
        if (!damage.contains(item) || !current(block, content, Optional.empty())) {
            return false;
        }
        damage.remove(item);
        damage.write(files, paths);
        return true;
    }

    /**
     * Writes a block of the newest point.
     *
     * @param entry the file's entry, to give it back its times; empty: they are taken from the file
     */
    boolean current(WantedBlock block, ByteBuffer content, Optional<TreeEntry> entry)
            throws IOException {
        long position = block.index() * Blocks.SIZE;
        if (block.file().isEmpty()) {
            try (PoolFile image = files.open(paths.image(block.volume()), PoolFiles.Mode.WRITE)) {
                if (position + content.remaining() > image.sizeBytes()) {
                    return false;
                }
                image.write(content.duplicate(), position);
                image.force();
            }
            return true;
        }
        try (TreeFiles tree = files.tree(paths.tree(block.volume()))) {
            try (PoolFile file = tree.open(block.file().get(), PoolFiles.Mode.WRITE)) {
                if (position + content.remaining() > file.sizeBytes()) {
                    return false;
                }
                file.write(content.duplicate(), position);
                file.force();
            }
            if (entry.isPresent()) {
                tree.setAttributes(block.file().get(), entry.get());
            }
        }
        return true;
    }

    /** Writes a content anywhere in a file of the pool. */
    static void at(PoolFiles files, java.nio.file.Path path, long position, ByteBuffer content)
            throws IOException {
        try (PoolFile file = files.open(path, PoolFiles.Mode.WRITE)) {
            file.write(content.duplicate(), position);
            file.force();
        }
    }
}
