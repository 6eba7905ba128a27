package org.standfest.replication.protocol.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One extended attribute with its name space ({@code user.comment}, {@code
 * system.posix_acl_access}).
 *
 * @param name 1 to 255 bytes
 * @param value at most 65 536 bytes
 */
public record ExtendedAttribute(RawBytes name, RawBytes value) {

    /** Longest value in bytes (the limit of Linux). */
    public static final int MAX_VALUE_BYTES = 65_536;

    private static final int MAX_NAME_BYTES = 255;
    private static final RawBytes LEFT_OUT = RawBytes.of("standfest.left-out");

    /** Checks the lengths. */
    public ExtendedAttribute {
        Objects.requireNonNull(name);
        Objects.requireNonNull(value);
        if (!fits(name, value.length())) {
            throw new IllegalArgumentException("extended attribute out of bounds: " + name);
        }
        for (byte b : name.toBytes()) {
            if (b == 0) {
                throw new IllegalArgumentException("extended attribute name with a NUL byte");
            }
        }
    }

    /** Whether something of this name and size can be an attribute. */
    public static boolean fits(RawBytes name, int valueBytes) {
        return name.length() >= 1
                && name.length() <= MAX_NAME_BYTES
                && valueBytes <= MAX_VALUE_BYTES;
    }

    /**
     * What stands for something that an entry has and that cannot be an attribute, so that nobody
     * takes the entry for complete: the attribute {@code standfest.left-out}, whose value are the
     * names, one a line, as many as fit.
     *
     * @return empty when nothing was left out
     */
    public static Optional<ExtendedAttribute> leftOut(List<String> names) {
        byte[] all = String.join("\n", names).getBytes(StandardCharsets.UTF_8);
        byte[] value = Arrays.copyOf(all, Math.min(all.length, MAX_VALUE_BYTES));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new ExtendedAttribute(LEFT_OUT, RawBytes.of(value)));
    }

    /** Whether this only stands for something that was left out. */
    public boolean isLeftOut() {
        return name.equals(LEFT_OUT);
    }
}
