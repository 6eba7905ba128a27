package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeManifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * How a commit changes the stored manifest of a tree: a file that is either a whole new manifest,
 * or a segment to append ({@code "SFTA"}, u16 version, u16 zero, i64 position of the segment, the
 * segment).
 */
final class TreeManifestChange {

    private static final int APPEND = 0x53465441;
    private static final int HEADER = 16;
    private static final long MAX_SEGMENT = 1L << 30;

    private TreeManifestChange() {}

    static void prepare(
            PoolFiles files,
            Path stored,
            Path prepared,
            List<TreeChange> changes,
            TreeManifest newer)
            throws IOException {
        byte[] segment = StoredTreeManifest.segment(changes);
        if (!StoredTreeManifest.worthAppending(files, stored, segment.length)) {
            StoredTreeManifest.write(files, prepared, newer);
            return;
        }
        long position;
        try (PoolFile file = files.open(stored, PoolFiles.Mode.READ)) {
            position = file.sizeBytes();
        }
        try (PoolFile file = files.open(prepared, PoolFiles.Mode.REPLACE)) {
            ByteBuffer bytes = ByteBuffer.allocate(HEADER + segment.length);
            bytes.putInt(APPEND)
                    .putShort((short) DirectoryPool.FORMAT)
                    .putShort((short) 0)
                    .putLong(position);
            file.write(bytes.put(segment).flip(), 0);
            file.force();
        }
    }

    /** Carries the change out; repeatable. */
    static void apply(PoolFiles files, Path stored, Path prepared) throws IOException {
        byte[] segment;
        long position;
        try (PoolFile file = files.open(prepared, PoolFiles.Mode.READ)) {
            long size = file.sizeBytes();
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            if (file.read(header, 0) != HEADER || header.getInt(0) != APPEND) {
                segment = null;
                position = 0;
            } else {
                position = header.getLong(8);
                if (size - HEADER > MAX_SEGMENT) {
                    throw new Damage("manifest segment of " + size + " bytes");
                }
                ByteBuffer bytes = ByteBuffer.allocate((int) (size - HEADER));
                FileStreams.readFully(file, bytes, HEADER, "manifest segment");
                segment = bytes.array();
            }
        }
        if (segment == null) {
            files.rename(prepared, stored);
        } else {
            StoredTreeManifest.append(files, stored, position, segment);
        }
    }
}
