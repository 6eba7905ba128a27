package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.ManifestFormatException;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A file of records: u32 magic, u16 version, u16 zero, i64 number of records, the records, SHA-256
 * of all before.
 */
final class RecordFile {

    private RecordFile() {}

    /** Writes one record after the other. */
    interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    /** Reads one record. */
    interface Reader {
        void read(DataInputStream in) throws IOException;
    }

    static void write(PoolFiles files, Path path, int magic, long count, Body body)
            throws IOException {
        MessageDigest digest = BlockHasher.sha256();
        try (PoolFile file = files.open(path, PoolFiles.Mode.REPLACE);
                var raw = FileStreams.writer(file, 0)) {
            DataOutputStream out = new DataOutputStream(new DigestOutputStream(raw, digest));
            out.writeInt(magic);
            out.writeShort(DirectoryPool.FORMAT);
            out.writeShort(0);
            out.writeLong(count);
            body.write(out);
            out.flush();
            raw.write(digest.digest());
            raw.flush();
            file.force();
        }
    }

    /** Checks the sum of the whole file, then hands every record to the reader. */
    static void read(PoolFiles files, Path path, int magic, Reader reader)
            throws IOException, Refusal {
        String what = path.getFileName().toString();
        try (PoolFile file = files.open(path, PoolFiles.Mode.READ)) {
            checkSum(file, what);
            DataInputStream in = new DataInputStream(FileStreams.reader(file, 0));
            Versions.check(in.readInt(), magic, in.readUnsignedShort(), what);
            in.readUnsignedShort();
            long count = in.readLong();
            for (long i = 0; i < count; i++) {
                reader.read(in);
            }
        } catch (EOFException early) {
            throw new Damage(what + " ends early", early);
        } catch (ManifestFormatException wrong) {
            throw new Damage(what + ": " + wrong.getMessage(), wrong);
        }
    }

    private static void checkSum(PoolFile file, String what) throws IOException {
        long body = file.sizeBytes() - BlockHash.BYTES;
        MessageDigest digest = BlockHasher.sha256();
        ByteBuffer buffer = ByteBuffer.allocate(Math.clamp(body, 1, 1 << 16));
        for (long at = 0; at < body; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), body - at));
            FileStreams.readFully(file, buffer, at, what);
            digest.update(buffer.flip());
        }
        ByteBuffer stated = ByteBuffer.allocate(BlockHash.BYTES);
        FileStreams.readFully(file, stated, Math.max(body, 0), what);
        if (body < 0 || !Arrays.equals(stated.array(), digest.digest())) {
            throw new Damage(what + " whose checksum does not match");
        }
    }
}
