package org.standfest.replication.protocol.manifest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads entries as their bytes, with every check that {@link TreeEntryCodec#read} makes, but
 * without making objects of them. Memory grows only with what really arrived. Hashes what it read.
 * For one thread.
 */
final class TreeEntryReader {

    private static final int FIRST_BUFFER = 1 << 16;
    private static final int LARGEST = Integer.MAX_VALUE - 64;

    private final InputStream in;
    private final MessageDigest digest = BlockHasher.sha256();
    private byte[] buffer = new byte[FIRST_BUFFER];

    /** Where what is being read began, how far it was read, and how far the buffer is filled. */
    private int start;

    private int at;
    private int end;

    /** How far it was hashed, at or before {@link #at}. */
    private int hashed;

    TreeEntryReader(InputStream in) {
        this.in = in;
    }

    int u16() throws IOException {
        need(2);
        at += 2;
        return RawEntry.u16(buffer, at - 2);
    }

    int i32() throws IOException {
        need(4);
        at += 4;
        return RawEntry.i32(buffer, at - 4);
    }

    long i64() throws IOException {
        need(8);
        at += 8;
        return RawEntry.i64(buffer, at - 8);
    }

    /** The hash of everything read so far. */
    byte[] digestSoFar() {
        hash();
        return digest.digest();
    }

    byte[] bytes(int count) throws IOException {
        need(count);
        at += count;
        return Arrays.copyOfRange(buffer, at - count, at);
    }

    /** Hashes what was read since the last time. */
    private void hash() {
        digest.update(buffer, hashed, at - hashed);
        hashed = at;
    }

    /** Fills the buffer so that so many more bytes can be read. */
    private void need(int count) throws IOException {
        while (end - at < count) {
            if (end == buffer.length) {
                makeRoom();
            }
            int got = in.read(buffer, end, buffer.length - end);
            if (got < 0) {
                throw new EOFException("wanted " + count + " bytes, got " + (end - at));
            }
            end += got;
        }
    }

    private void makeRoom() {
        hash();
        byte[] target = buffer;
        if (end - start > buffer.length / 2) {
            target = new byte[(int) Math.min(LARGEST, 2L * buffer.length)];
        }
        System.arraycopy(buffer, start, target, 0, end - start);
        at -= start;
        hashed -= start;
        end -= start;
        start = 0;
        buffer = target;
    }

    /** The next entry. */
    byte[] next() throws IOException {
        start = at;
        int pathLength = u16();
        path(pathLength);
        need(1);
        EntryKind kind = EntryKind.ofCode(buffer[at++] & 0xff);
        if (kind == null || pathLength == 0 && kind != EntryKind.DIRECTORY) {
            throw wrong("kind");
        }
        if (kind == EntryKind.HARD_LINK) {
            hardLink(pathLength);
        } else {
            rest(kind);
        }
        return Arrays.copyOfRange(buffer, start, at);
    }

    private void path(int length) throws IOException {
        if (length > TreePath.MAX_BYTES) {
            throw wrong("path of " + length + " bytes");
        }
        need(length);
        try {
            TreePath.check(buffer, at, length);
        } catch (IllegalArgumentException wrong) {
            throw new ManifestFormatException(wrong.getMessage(), wrong);
        }
        at += length;
    }

    private void hardLink(int pathLength) throws IOException {
        int length = u16();
        path(length);
        boolean earlier =
                length > 0
                        && TreePath.compare(
                                        buffer,
                                        at - length,
                                        at,
                                        buffer,
                                        start + 2,
                                        start + 2 + pathLength)
                                < 0;
        if (!earlier) {
            throw wrong("hard link to a later entry");
        }
    }

    private void rest(EntryKind kind) throws IOException {
        int mode = u16();
        if ((mode & ~0xfff) != 0 || kind == EntryKind.SYMLINK && mode != 0777) {
            throw wrong("mode");
        }
        need(16);
        at += 16;
        attributes();
        switch (kind) {
            case SYMLINK -> target();
            case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                need(8);
                at += 8;
            }
            case FILE -> content();
            default -> {
                // directories and pipes have nothing more
            }
        }
    }

    private void attributes() throws IOException {
        int count = u16();
        if (count > TreeEntry.MAX_ATTRIBUTES) {
            throw wrong("number of extended attributes");
        }
        // Relative to the start: making room moves the buffer's content.
        int lastName = -1;
        int lastLength = 0;
        for (int i = 0; i < count; i++) {
            int length = u16();
            if (length < 1 || length > 255) {
                throw wrong("extended attribute");
            }
            need(length);
            noNul(length, "extended attribute");
            int name = at - start;
            if (lastName >= 0
                    && Arrays.compareUnsigned(
                                    buffer,
                                    start + lastName,
                                    start + lastName + lastLength,
                                    buffer,
                                    at,
                                    at + length)
                            >= 0) {
                throw wrong("order of extended attributes");
            }
            lastName = name;
            lastLength = length;
            at += length;
            int value = i32();
            if (value < 0 || value > ExtendedAttribute.MAX_VALUE_BYTES) {
                throw wrong("extended attribute of " + value + " bytes");
            }
            need(value);
            at += value;
        }
    }

    private void noNul(int length, String what) throws ManifestFormatException {
        for (int i = at; i < at + length; i++) {
            if (buffer[i] == 0) {
                throw wrong(what + " with a NUL byte");
            }
        }
    }

    private void target() throws IOException {
        int length = u16();
        if (length < 1 || length > TreePath.MAX_BYTES) {
            throw wrong("target");
        }
        need(length);
        noNul(length, "target");
        at += length;
    }

    private void content() throws IOException {
        long size = i64();
        if (size < 0 || size > Blocks.MAX_SIZE_BYTES) {
            throw wrong("size");
        }
        int holes = i32();
        if (holes < 0 || holes > TreeEntry.MAX_HOLES) {
            throw wrong("number of holes");
        }
        long holeEnd = -1;
        for (int i = 0; i < holes; i++) {
            long position = i64();
            long length = i64();
            if (position <= holeEnd
                    || length <= 0
                    || position > Blocks.MAX_SIZE_BYTES
                    || length > size - position) {
                throw wrong("holes");
            }
            holeEnd = position + length;
        }
        long hashes = Blocks.count(size) * BlockHash.BYTES;
        if (hashes > LARGEST - (at - start)) {
            throw wrong("size: too large for one entry");
        }
        need((int) hashes);
        at += (int) hashes;
    }

    private static ManifestFormatException wrong(String what) {
        return new ManifestFormatException("tree entry with a wrong " + what);
    }
}
