package org.standfest.replication.protocol.manifest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The bytes of a disk manifest on the wire and in the agent's own copy, version 1: {@code "SFDM"},
 * u16 version, i64 size in bytes; for every chunk of 1,024 blocks (the last may be shorter) a byte
 * 0 when all are zero, otherwise a byte 1 and 32 bytes for every block; at the end the root.
 * Stateless.
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
            data.writeByte(manifest.isZeroChunk(chunk) ? 0 : 1);
            if (!manifest.isZeroChunk(chunk)) {
                data.write(manifest.chunkBytes(chunk));
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
            DiskManifest.Editor editor = DiskManifest.zero(size).edit();
            long blocks = Blocks.count(size);
            for (long first = 0; first < blocks; first += DiskManifest.CHUNK_BLOCKS) {
                readChunk(
                        data,
                        editor,
                        first,
                        (int) Math.min(DiskManifest.CHUNK_BLOCKS, blocks - first));
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
            DataInputStream data, DiskManifest.Editor editor, long first, int length)
            throws IOException {
        int marker = data.readUnsignedByte();
        if (marker > 1) {
            throw new ManifestFormatException(
                    "disk manifest with an unknown chunk marker " + marker);
        }
        if (marker == 1) {
            byte[] bytes = TreeEntryCodec.exactly(data, length * BlockHash.BYTES);
            for (int i = 0; i < length; i++) {
                editor.set(first + i, BlockHash.at(bytes, i * BlockHash.BYTES));
            }
        }
    }
}
