package org.standfest.replication.protocol.manifest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The bytes of a disk manifest on the wire and in the agent's own copy, version 2: {@code "SFDM"},
 * u16 version, i64 size in bytes; for every chunk of 1,024 blocks (the last may be shorter) a u32
 * with a bit for every page of 32 blocks that is not all zero, the lowest for the first, and 32
 * bytes for every block of these pages; at the end the root. Stateless.
 */
public final class DiskManifestCodec {

    private DiskManifestCodec() {}

    /** Writes a manifest with its root; the stream stays open. */
    public static void write(DiskManifest manifest, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(DiskManifest.MAGIC);
        data.writeShort(DiskManifest.VERSION);
        data.writeLong(manifest.sizeBytes());
        for (int chunk = 0; chunk < manifest.chunkCount(); chunk++) {
            int used = manifest.usedPages(chunk);
            data.writeInt(used);
            for (int page = 0; used >>> page != 0 && page < Integer.SIZE; page++) {
                if ((used >>> page & 1) != 0) {
                    data.write(manifest.page(chunk, page), 0, manifest.pageBytes(chunk, page));
                }
            }
        }
        data.write(manifest.root().toBytes());
        data.flush();
    }

    /**
     * Reads a manifest and checks its root; exactly its bytes are read.
     *
     * @param maxSizeBytes the largest disk the reader accepts: it bounds the memory (a 2,048th of
     *     the disk)
     */
    public static DiskManifest read(InputStream in, long maxSizeBytes) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            if (data.readInt() != DiskManifest.MAGIC) {
                throw new ManifestFormatException("no disk manifest");
            }
            int version = data.readUnsignedShort();
            if (version != DiskManifest.VERSION) {
                throw new ManifestFormatException("disk manifest of unknown version " + version);
            }
            long size = data.readLong();
            if (size < 0 || size > Math.min(maxSizeBytes, Blocks.MAX_SIZE_BYTES)) {
                throw new ManifestFormatException("disk of " + size + " bytes");
            }
            DiskManifest none = DiskManifest.zero(size);
            DiskManifest.Editor editor = none.edit();
            for (int chunk = 0; chunk < none.chunkCount(); chunk++) {
                readChunk(data, none, editor, chunk);
            }
            DiskManifest manifest = editor.build();
            if (!manifest.root().equalsAt(TreeEntryCodec.exactly(data, BlockHash.BYTES), 0)) {
                throw new ManifestFormatException("disk manifest whose root does not match");
            }
            return manifest;
        } catch (EOFException early) {
            throw new ManifestFormatException("disk manifest that ends early", early);
        }
    }

    private static void readChunk(
            DataInputStream data, DiskManifest none, DiskManifest.Editor editor, int chunk)
            throws IOException {
        int used = data.readInt();
        for (int page = 0; used != 0 && page < Integer.SIZE; page++) {
            if ((used >>> page & 1) != 0) {
                int length = none.pageBytes(chunk, page);
                if (length == 0) {
                    throw new ManifestFormatException("disk manifest with pages beyond its end");
                }
                editor.setPage(chunk, page, TreeEntryCodec.exactly(data, length), 0, length);
            }
        }
    }
}
