package org.standfest.replication.protocol.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The place of an entry in a tree, as the bytes the file system has: components between single
 * slashes, relative to the root. It cannot lead out of the tree by itself: no leading slash, no
 * empty component, no {@code .} or {@code ..}, no NUL, components of at most 255 bytes, at most
 * 4,095 bytes and 512 components. {@link #ROOT} is the tree's root itself.
 *
 * <p>The order is bytewise with the slash before all others, so that everything below a directory
 * follows it directly, as a walk finds it that visits each directory's names in byte order.
 * Immutable.
 */
public final class TreePath implements Comparable<TreePath> {

    /** Longest path in bytes. */
    public static final int MAX_BYTES = 4_095;

    /** Longest component in bytes. */
    public static final int MAX_COMPONENT_BYTES = 255;

    /** Deepest path in components. */
    public static final int MAX_DEPTH = 512;

    /** The root of the tree. */
    public static final TreePath ROOT = new TreePath(new byte[0]);

    private final byte[] bytes;

    private TreePath(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The path of a text in UTF-8; IllegalArgumentException when the rules above do not hold. */
    public static TreePath of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The path of these bytes; IllegalArgumentException when the rules above do not hold. */
    public static TreePath of(byte[] bytes) {
        if (bytes.length == 0) {
            return ROOT;
        }
        check(bytes, 0, bytes.length);
        return new TreePath(bytes.clone());
    }

    /** A path of bytes that were checked; they are not copied. */
    static TreePath trusted(byte[] bytes) {
        return bytes.length == 0 ? ROOT : new TreePath(bytes);
    }

    /** Checks the rules; the root's empty path keeps them too. */
    static void check(byte[] bytes, int from, int length) {
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("path of " + length + " bytes");
        }
        int end = from + length;
        int start = from;
        int depth = 0;
        for (int i = from; i <= end && length > 0; i++) {
            if (i < end && bytes[i] == 0) {
                throw new IllegalArgumentException("path with a NUL byte");
            }
            if (i == end || bytes[i] == '/') {
                checkComponent(bytes, start, i - start);
                start = i + 1;
                depth++;
            }
        }
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("path of " + depth + " components");
        }
    }

    private static void checkComponent(byte[] bytes, int start, int length) {
        boolean dots =
                length == 1 && bytes[start] == '.'
                        || length == 2 && bytes[start] == '.' && bytes[start + 1] == '.';
        if (length == 0 || length > MAX_COMPONENT_BYTES || dots) {
            throw new IllegalArgumentException(
                    "path with a component that is empty, too long or of dots");
        }
    }

    /** The path of an entry directly below this directory; the name has no slash. */
    public TreePath child(byte[] name) {
        byte[] joined = new byte[isRoot() ? name.length : bytes.length + 1 + name.length];
        if (!isRoot()) {
            System.arraycopy(bytes, 0, joined, 0, bytes.length);
            joined[bytes.length] = '/';
        }
        System.arraycopy(name, 0, joined, joined.length - name.length, name.length);
        for (byte b : name) {
            if (b == '/') {
                throw new IllegalArgumentException("name with a slash");
            }
        }
        if (name.length == 0) {
            throw new IllegalArgumentException("empty name");
        }
        check(joined, 0, joined.length);
        return new TreePath(joined);
    }

    /** The path of an entry directly below this directory. */
    public TreePath child(String name) {
        return child(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether this is the root of the tree. */
    public boolean isRoot() {
        return bytes.length == 0;
    }

    /** The directory this entry lies in; the root has none and throws IllegalStateException. */
    public TreePath parent() {
        if (isRoot()) {
            throw new IllegalStateException("the root has no parent");
        }
        int slash = lastSlash();
        return slash < 0 ? ROOT : new TreePath(Arrays.copyOf(bytes, slash));
    }

    /** The last component; empty for the root. */
    public byte[] name() {
        return Arrays.copyOfRange(bytes, lastSlash() + 1, bytes.length);
    }

    /** The components from the root down; none for the root. */
    public List<byte[]> components() {
        List<byte[]> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length && !isRoot(); i++) {
            if (i == bytes.length || bytes[i] == '/') {
                parts.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        return parts;
    }

    /** Whether this lies below a directory, at any depth. */
    public boolean isBelow(TreePath directory) {
        int length = directory.bytes.length;
        return length == 0
                ? !isRoot()
                : bytes.length > length
                        && bytes[length] == '/'
                        && Arrays.equals(bytes, 0, length, directory.bytes, 0, length);
    }

    private int lastSlash() {
        int slash = bytes.length - 1;
        while (slash >= 0 && bytes[slash] != '/') {
            slash--;
        }
        return slash;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(TreePath other) {
        return compare(bytes, 0, bytes.length, other.bytes, 0, other.bytes.length);
    }

    /** The order of two paths that lie somewhere in arrays. */
    static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        int i = Arrays.mismatch(a, aFrom, aTo, b, bFrom, bTo);
        if (i < 0 || i == aTo - aFrom || i == bTo - bFrom) {
            return Integer.compare(aTo - aFrom, bTo - bFrom);
        }
        return Integer.compare(weight(a[aFrom + i]), weight(b[bFrom + i]));
    }

    /** The bytes themselves, not to be changed. */
    byte[] raw() {
        return bytes;
    }

    private static int weight(byte b) {
        return b == '/' ? 0 : b & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreePath that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The path read as UTF-8; what is not UTF-8 shows as replacement characters. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
