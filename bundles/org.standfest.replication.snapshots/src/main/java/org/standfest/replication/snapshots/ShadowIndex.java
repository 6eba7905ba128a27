package org.standfest.replication.snapshots;

import org.standfest.replication.pool.files.TreeFiles.Status;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the originals of a shadow's entries looked like when they were copied: inode, change time,
 * modification time and size, in path order, so that it is read and written beside a walk and never
 * held in memory.
 */
final class ShadowIndex {

    private static final int MAGIC = 0x53465348;
    private static final int END = 0xFFFF;

    private ShadowIndex() {}

    /** How an original looked. */
    record Line(TreePath path, long inode, long ctimeNanos, long mtimeNanos, long sizeBytes) {

        static Line of(TreePath path, Status status) {
            return new Line(
                    path,
                    status.inode(),
                    status.ctimeNanos(),
                    status.mtimeNanos(),
                    status.sizeBytes());
        }
    }

    /** Reads lines in their order. */
    static final class Reader implements Closeable {

        private final DataInputStream in;
        private Line next;

        /** Without a file, or with a damaged one, there are no lines. */
        Reader(Path file) throws IOException {
            DataInputStream opened = null;
            if (Files.isRegularFile(file)) {
                opened = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
                if (opened.readInt() != MAGIC) {
                    opened.close();
                    opened = null;
                }
            }
            in = opened;
            advance();
        }

        /** The line of a path; paths must be asked in their order. */
        Optional<Line> find(TreePath path) throws IOException {
            while (next != null && next.path().compareTo(path) < 0) {
                advance();
            }
            return Optional.ofNullable(next).filter(line -> line.path().equals(path));
        }

        private void advance() throws IOException {
            next = null;
            if (in == null) {
                return;
            }
            try {
                int length = in.readUnsignedShort();
                if (length != END) {
                    byte[] path = in.readNBytes(Math.min(length, TreePath.MAX_BYTES));
                    next =
                            new Line(
                                    TreePath.of(path),
                                    in.readLong(),
                                    in.readLong(),
                                    in.readLong(),
                                    in.readLong());
                }
            } catch (EOFException | IllegalArgumentException damaged) {
                // What is not known to be unchanged is copied again.
                next = null;
            }
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }

    /** Writes lines in their order. */
    static final class Writer implements Closeable {

        private final DataOutputStream out;

        Writer(Path file) throws IOException {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
            out.writeInt(MAGIC);
        }

        void add(Line line) throws IOException {
            byte[] path = line.path().toBytes();
            out.writeShort(path.length);
            out.write(path);
            out.writeLong(line.inode());
            out.writeLong(line.ctimeNanos());
            out.writeLong(line.mtimeNanos());
            out.writeLong(line.sizeBytes());
        }

        @Override
        public void close() throws IOException {
            out.writeShort(END);
            out.close();
        }
    }
}
