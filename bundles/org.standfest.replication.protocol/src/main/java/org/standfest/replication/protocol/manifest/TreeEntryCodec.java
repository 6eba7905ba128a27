package org.standfest.replication.protocol.manifest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of one tree entry, version 1, on the wire and in the pool. All numbers big endian.
 *
 * <pre>
 * u16 path length, path; u8 kind
 * hard link: u16 length, path of the first name; nothing more
 * others:    u16 mode, u32 uid, u32 gid, i64 mtime in ns,
 *            u16 number of extended attributes, each: u16 length, name; u32 length, value
 * symlink:   u16 length, target
 * device:    u32 major, u32 minor
 * file:      i64 size, u32 number of holes, each: i64 position, i64 length; 32 bytes a block
 * </pre>
 *
 * Decoding trusts nothing: every length has a limit, memory grows only with bytes that really
 * arrived, and an entry that is not canonical is a {@link ManifestFormatException}. Stateless.
 */
public final class TreeEntryCodec {

    private TreeEntryCodec() {}

    /** Writes an entry. */
    public static void write(TreeEntry entry, DataOutputStream out) throws IOException {
        writePath(entry.path(), out);
        out.writeByte(entry.kind().code());
        if (entry.kind() == EntryKind.HARD_LINK) {
            writeShort(entry.target(), out);
            return;
        }
        out.writeShort(entry.mode());
        out.writeInt((int) entry.uid());
        out.writeInt((int) entry.gid());
        out.writeLong(entry.mtimeNanos());
        out.writeShort(entry.attributes().size());
        for (ExtendedAttribute attribute : entry.attributes()) {
            writeShort(attribute.name(), out);
            out.writeInt(attribute.value().length());
            out.write(attribute.value().toBytes());
        }
        switch (entry.kind()) {
            case SYMLINK -> writeShort(entry.target(), out);
            case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                out.writeInt((int) entry.deviceMajor());
                out.writeInt((int) entry.deviceMinor());
            }
            case FILE -> writeContent(entry, out);
            default -> {
                // directories and pipes have nothing more
            }
        }
    }

    private static void writeContent(TreeEntry entry, DataOutputStream out) throws IOException {
        out.writeLong(entry.sizeBytes());
        out.writeInt(entry.holes().size());
        for (ByteRange hole : entry.holes()) {
            out.writeLong(hole.position());
            out.writeLong(hole.length());
        }
        out.write(entry.blocks().toBytes());
    }

    /** Reads an entry. */
    public static TreeEntry read(DataInputStream in) throws IOException {
        try {
            return readUnchecked(in);
        } catch (IllegalArgumentException wrong) {
            throw new ManifestFormatException(wrong.getMessage(), wrong);
        } catch (EOFException early) {
            throw new ManifestFormatException("tree entry that ends early", early);
        }
    }

    private static TreeEntry readUnchecked(DataInputStream in) throws IOException {
        TreePath path = readPath(in);
        EntryKind kind = EntryKind.ofCode(in.readUnsignedByte());
        if (kind == null) {
            throw new ManifestFormatException("tree entry of an unknown kind at " + path);
        }
        if (kind == EntryKind.HARD_LINK) {
            return TreeEntry.hardLink(path, readPath(in));
        }
        int mode = in.readUnsignedShort();
        long uid = Integer.toUnsignedLong(in.readInt());
        long gid = Integer.toUnsignedLong(in.readInt());
        long mtimeNanos = in.readLong();
        List<ExtendedAttribute> attributes = readAttributes(in);
        RawBytes target = TreeEntry.NO_TARGET;
        long major = 0;
        long minor = 0;
        long size = 0;
        List<ByteRange> holes = List.of();
        HashList blocks = HashList.EMPTY;
        switch (kind) {
            case SYMLINK -> target = RawBytes.of(exactly(in, in.readUnsignedShort()));
            case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                major = Integer.toUnsignedLong(in.readInt());
                minor = Integer.toUnsignedLong(in.readInt());
            }
            case FILE -> {
                size = in.readLong();
                holes = readHoles(in);
                long hashBytes = Blocks.count(size) * BlockHash.BYTES;
                if (hashBytes > Integer.MAX_VALUE - 64) {
                    throw new ManifestFormatException("file too large for one entry: " + size);
                }
                blocks = HashList.ofBytes(exactly(in, (int) hashBytes));
            }
            default -> {
                // directories and pipes have nothing more
            }
        }
        return new TreeEntry(
                path,
                kind,
                mode,
                uid,
                gid,
                mtimeNanos,
                size,
                target,
                major,
                minor,
                attributes,
                holes,
                blocks);
    }

    private static List<ExtendedAttribute> readAttributes(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        if (count > TreeEntry.MAX_ATTRIBUTES) {
            throw new ManifestFormatException("too many extended attributes: " + count);
        }
        List<ExtendedAttribute> attributes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawBytes name = RawBytes.of(exactly(in, in.readUnsignedShort()));
            int length = in.readInt();
            if (length < 0 || length > ExtendedAttribute.MAX_VALUE_BYTES) {
                throw new ManifestFormatException("extended attribute of " + length + " bytes");
            }
            attributes.add(new ExtendedAttribute(name, RawBytes.of(exactly(in, length))));
        }
        return attributes;
    }

    private static List<ByteRange> readHoles(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > TreeEntry.MAX_HOLES) {
            throw new ManifestFormatException("too many holes: " + count);
        }
        List<ByteRange> holes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            holes.add(new ByteRange(in.readLong(), in.readLong()));
        }
        return holes;
    }

    /** Writes a path: its length in two bytes, then its bytes. */
    public static void writePath(TreePath path, DataOutputStream out) throws IOException {
        byte[] bytes = path.toBytes();
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    /** Reads a path and checks its rules. */
    public static TreePath readPath(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        if (length > TreePath.MAX_BYTES) {
            throw new ManifestFormatException("path of " + length + " bytes");
        }
        try {
            return TreePath.of(exactly(in, length));
        } catch (IllegalArgumentException wrong) {
            throw new ManifestFormatException(wrong.getMessage(), wrong);
        }
    }

    private static void writeShort(RawBytes bytes, DataOutputStream out) throws IOException {
        out.writeShort(bytes.length());
        out.write(bytes.toBytes());
    }

    /** Grows with what arrives, so that a claimed length costs nothing. */
    static byte[] exactly(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new EOFException("wanted " + length + " bytes, got " + bytes.length);
        }
        return bytes;
    }
}
