package org.standfest.replication.protocol.manifest;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
    private static final int BUFFER = 1 << 16;

    private TreeManifestCodec() {}

    /** Writes a manifest with its root; the stream stays open. */
    public static void write(TreeManifest manifest, OutputStream out) throws IOException {
        MessageDigest digest = BlockHasher.sha256();
        writeBody(manifest, new DigestOutputStream(out, digest));
        out.write(digest.digest());
        out.flush();
    }

    private static void writeBody(TreeManifest manifest, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
        data.writeInt(MAGIC);
        data.writeShort(VERSION);
        data.writeLong(manifest.size());
        for (int i = 0; i < manifest.size(); i++) {
            data.write(manifest.encodedAt(i));
        }
        data.flush();
    }

    /**
     * Reads a manifest and checks order, completeness and root; the stream stays open, but more
     * than the manifest may have been read from it when it is not the end of the stream.
     */
    public static TreeManifest read(InputStream in) throws IOException {
        return read(in, Overflow.HEAP);
    }

    /**
     * As {@link #read(InputStream)}.
     *
     * @param overflow where the entries of a large tree go
     */
    public static TreeManifest read(InputStream in, Overflow overflow) throws IOException {
        TreeEntryReader reader = new TreeEntryReader(in);
        try {
            if (reader.i32() != MAGIC) {
                throw new ManifestFormatException("no tree manifest");
            }
            int version = reader.u16();
            if (version != VERSION) {
                throw new ManifestFormatException("tree manifest of unknown version " + version);
            }
            long count = reader.i64();
            if (count < 0 || count > TreeManifest.MAX_ENTRIES) {
                throw new ManifestFormatException("tree manifest of " + count + " entries");
            }
            TreeManifest.Builder builder = new TreeManifest.Builder(overflow);
            for (long i = 0; i < count; i++) {
                builder.addEncoded(reader.next());
            }
            BlockHash computed = BlockHash.at(reader.digestSoFar(), 0);
            BlockHash stated = BlockHash.at(reader.bytes(BlockHash.BYTES), 0);
            if (!computed.equals(stated)) {
                throw new ManifestFormatException("tree manifest whose root does not match");
            }
            return builder.build(computed);
        } catch (EOFException early) {
            throw new ManifestFormatException("tree manifest that ends early", early);
        } catch (IllegalArgumentException wrong) {
            throw new ManifestFormatException(wrong.getMessage(), wrong);
        }
    }

    static BlockHash root(TreeManifest manifest) {
        MessageDigest digest = BlockHasher.sha256();
        try (OutputStream hashing =
                new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            writeBody(manifest, hashing);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return BlockHash.at(digest.digest(), 0);
    }
}
