package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.ManifestFormatException;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntryCodec;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreeManifestCodec;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tree manifest as the pool keeps it: {@code "SFTB"}, u16 version, u16 zero, i64 length of the
 * base, the base (the bytes of {@link TreeManifestCodec}), then any number of segments of changes,
 * each: {@code "SFTC"}, u16 version, u16 zero, i64 number of changes, the changes (u8 0 and a path:
 * removed; u8 1 and an entry: put), SHA-256 of the segment before it. A commit of few changes
 * appends a segment; when segments outgrow the base, everything is written anew.
 */
final class StoredTreeManifest {

    private static final int MAGIC = 0x53465442;
    private static final int SEGMENT = 0x53465443;
    private static final int HEADER = 16;
    private static final long SMALL = 1 << 20;

    private StoredTreeManifest() {}

    /** Writes a manifest as a new base. */
    static void write(PoolFiles files, Path path, TreeManifest manifest) throws IOException {
        try (PoolFile file = files.open(path, PoolFiles.Mode.REPLACE)) {
            try (CountingStream out = new CountingStream(FileStreams.writer(file, HEADER))) {
                TreeManifestCodec.write(manifest, out);
                out.flush();
                ByteBuffer header = ByteBuffer.allocate(HEADER);
                header.putInt(MAGIC).putShort((short) DirectoryPool.FORMAT).putShort((short) 0);
                header.putLong(out.count);
                file.write(header.flip(), 0);
            }
            file.force();
        }
    }

    /** The bytes of a segment. */
    static byte[] segment(List<TreeChange> changes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(SEGMENT);
        out.writeShort(DirectoryPool.FORMAT);
        out.writeShort(0);
        out.writeLong(changes.size());
        for (TreeChange change : changes) {
            switch (change) {
                case TreeChange.Removed(var path) -> {
                    out.writeByte(0);
                    TreeEntryCodec.writePath(path, out);
                }
                case TreeChange.Put(var entry) -> {
                    out.writeByte(1);
                    TreeEntryCodec.write(entry, out);
                }
            }
        }
        out.write(BlockHasher.sha256().digest(bytes.toByteArray()));
        return bytes.toByteArray();
    }

    /** Whether appending so many bytes is better than writing anew. */
    static boolean worthAppending(PoolFiles files, Path path, long segmentBytes)
            throws IOException {
        try (PoolFile file = files.open(path, PoolFiles.Mode.READ)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            FileStreams.readFully(file, header, 0, "tree manifest");
            long base = header.getLong(8);
            return file.sizeBytes() - HEADER - base + segmentBytes <= Math.max(SMALL, base / 2);
        }
    }

    /** Puts a segment at a position, which ends the file; repeatable. */
    static void append(PoolFiles files, Path path, long position, byte[] segment)
            throws IOException {
        try (PoolFile file = files.open(path, PoolFiles.Mode.WRITE)) {
            file.write(ByteBuffer.wrap(segment), position);
            file.setSize(position + segment.length);
            file.force();
        }
    }

    @SuppressWarnings("resource") // closed by whoever holds it
    static TreeManifest read(PoolFiles files, Path path) throws IOException, Refusal {
        try (PoolFile file = files.open(path, PoolFiles.Mode.READ)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            FileStreams.readFully(file, header, 0, "tree manifest");
            header.flip();
            Versions.check(header.getInt(), MAGIC, header.getShort(), "tree manifest");
            header.getShort();
            long base = header.getLong();
            long size = file.sizeBytes();
            if (base < 0 || base > size - HEADER) {
                throw new Damage("tree manifest of a wrong length");
            }
            TreeManifest manifest =
                    TreeManifestCodec.read(FileStreams.reader(file, HEADER), files.overflow());
            List<TreeChange> changes = new ArrayList<>();
            long position = HEADER + base;
            while (position < size) {
                position += readSegment(FileStreams.reader(file, position), changes);
            }
            return changes.isEmpty() ? manifest : manifest.with(changes);
        } catch (ManifestFormatException | IllegalArgumentException wrong) {
            throw new Damage("tree manifest that makes no tree: " + wrong.getMessage(), wrong);
        }
    }

    /** Reads the changes of one segment and returns its length. */
    private static long readSegment(InputStream raw, List<TreeChange> changes)
            throws IOException, Refusal {
        MessageDigest digest = BlockHasher.sha256();
        CountingInput counting = new CountingInput(raw);
        DataInputStream in = new DataInputStream(new DigestInputStream(counting, digest));
        try {
            Versions.check(in.readInt(), SEGMENT, in.readUnsignedShort(), "tree manifest segment");
            in.readUnsignedShort();
            long count = in.readLong();
            for (long i = 0; i < count; i++) {
                changes.add(
                        in.readUnsignedByte() == 0
                                ? new TreeChange.Removed(TreeEntryCodec.readPath(in))
                                : new TreeChange.Put(TreeEntryCodec.read(in)));
            }
            byte[] computed = digest.digest();
            byte[] stated = new byte[BlockHash.BYTES];
            in.readFully(stated);
            if (!Arrays.equals(computed, stated)) {
                throw new Damage("tree manifest segment whose checksum does not match");
            }
            return counting.count;
        } catch (EOFException early) {
            throw new Damage("tree manifest ends early", early);
        }
    }

    /** Counts what is written. */
    private static final class CountingStream extends java.io.FilterOutputStream {

        private long count;

        CountingStream(java.io.OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }

    /** Counts what is read. */
    private static final class CountingInput extends java.io.FilterInputStream {

        private long count;

        CountingInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int got = in.read(bytes, offset, length);
            count += Math.max(got, 0);
            return got;
        }
    }
}
