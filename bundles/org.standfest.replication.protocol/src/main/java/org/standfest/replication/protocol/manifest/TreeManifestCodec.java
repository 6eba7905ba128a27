package org.standfest.replication.protocol.manifest;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * The bytes of a tree manifest, version 1: {@code "SFTM"}, u16 version, u64 number of entries, the
 * entries ({@link TreeEntryCodec}) in order, and at the end the root: the SHA-256 of everything
 * before it. Stateless.
 */
public final class TreeManifestCodec {

    /** The version this code reads and writes. */
    public static final int VERSION = 1;

    private static final int MAGIC = 0x5346544d;

    private TreeManifestCodec() {}

    /** Writes a manifest with its root; the stream stays open. */
    public static void write(TreeManifest manifest, OutputStream out) throws IOException {
        MessageDigest digest = BlockHasher.sha256();
        DataOutputStream data = new DataOutputStream(new DigestOutputStream(out, digest));
        writeBody(manifest, data);
        data.flush();
        out.write(digest.digest());
        out.flush();
    }

    private static void writeBody(TreeManifest manifest, DataOutputStream data) throws IOException {
        data.writeInt(MAGIC);
        data.writeShort(VERSION);
        data.writeLong(manifest.size());
        for (int i = 0; i < manifest.size(); i++) {
            data.write(manifest.encodedAt(i));
        }
    }

    /**
     * Reads a manifest and checks order, completeness and root; the stream stays open, but more
     * than the manifest may have been read from it when it is not the end of the stream.
     */
    public static TreeManifest read(InputStream in) throws IOException {
        MessageDigest digest = BlockHasher.sha256();
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        DataInputStream data = new DataInputStream(new DigestInputStream(buffered, digest));
        try {
            if (data.readInt() != MAGIC) {
                throw new ManifestFormatException("no tree manifest");
            }
            int version = data.readUnsignedShort();
            if (version != VERSION) {
                throw new ManifestFormatException("tree manifest of unknown version " + version);
            }
            long count = data.readLong();
            if (count < 0 || count > TreeManifest.MAX_ENTRIES) {
                throw new ManifestFormatException("tree manifest of " + count + " entries");
            }
            TreeManifest.Builder builder = new TreeManifest.Builder();
            for (long i = 0; i < count; i++) {
                builder.add(TreeEntryCodec.read(data));
            }
            BlockHash computed = BlockHash.at(digest.digest(), 0);
            BlockHash stated = BlockHash.at(TreeEntryCodec.exactly(data, BlockHash.BYTES), 0);
            if (!computed.equals(stated)) {
                throw new ManifestFormatException("tree manifest whose root does not match");
            }
            return builder.build();
        } catch (EOFException early) {
            throw new ManifestFormatException("tree manifest that ends early", early);
        } catch (IllegalArgumentException wrong) {
            throw new ManifestFormatException(wrong.getMessage(), wrong);
        }
    }

    static BlockHash root(TreeManifest manifest) {
        MessageDigest digest = BlockHasher.sha256();
        try (DataOutputStream data =
                new DataOutputStream(
                        new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            writeBody(manifest, data);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return BlockHash.at(digest.digest(), 0);
    }
}
