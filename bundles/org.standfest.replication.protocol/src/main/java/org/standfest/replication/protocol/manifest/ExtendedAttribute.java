package org.standfest.replication.protocol.manifest;

import java.util.Objects;

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

    /** Checks the lengths. */
    public ExtendedAttribute {
        Objects.requireNonNull(name);
        Objects.requireNonNull(value);
        if (name.length() < 1 || name.length() > 255 || value.length() > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("extended attribute out of bounds: " + name);
        }
        for (byte b : name.toBytes()) {
            if (b == 0) {
                throw new IllegalArgumentException("extended attribute name with a NUL byte");
            }
        }
    }
}
