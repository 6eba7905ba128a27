package org.standfest.replication.windows;

import static java.lang.foreign.ValueLayout.JAVA_CHAR_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * What Windows tells of a file, read from its structures as minwinbase.h and winbase.h define them.
 * Plain memory in, values out: nothing here calls Windows.
 *
 * @param attributes the file's attributes, see {@link #DIRECTORY}
 * @param modifiedNanos last write, ns since 1970
 * @param changedNanos last change of anything about the file, ns since 1970
 * @param links number of names
 * @param volume serial number of the volume
 * @param fileId the lower 64 bits of its number; NTFS uses no more
 */
record Facts(
        int attributes,
        long modifiedNanos,
        long changedNanos,
        long links,
        long volume,
        long fileId) {

    /** FILE_ATTRIBUTE_READONLY, HIDDEN, SYSTEM, ARCHIVE, NOT_CONTENT_INDEXED: what is kept. */
    static final int KEPT = 0x1 | 0x2 | 0x4 | 0x20 | 0x2000;

    /** FILE_ATTRIBUTE_DIRECTORY. */
    static final int DIRECTORY = 0x10;

    /** FILE_ATTRIBUTE_REPARSE_POINT: links, junctions, files that lie in a cloud. */
    static final int REPARSE_POINT = 0x400;

    static final int BASIC_INFO_BYTES = 40;
    static final int STANDARD_INFO_BYTES = 24;
    static final int ID_INFO_BYTES = 24;

    /** LARGE_INTEGER and 296 characters of two bytes. */
    static final int STREAM_DATA_BYTES = 8 + 2 * 296;

    /** 1601-01-01 to 1970-01-01 in steps of 100 ns. */
    private static final long EPOCH_STEPS = 116_444_736_000_000_000L;

    /** Reads FILE_BASIC_INFO, FILE_STANDARD_INFO and FILE_ID_INFO. */
    static Facts of(MemorySegment basic, MemorySegment standard, MemorySegment id) {
        return new Facts(
                basic.get(JAVA_INT_UNALIGNED, 32),
                nanos(basic.get(JAVA_LONG_UNALIGNED, 16)),
                nanos(basic.get(JAVA_LONG_UNALIGNED, 24)),
                Integer.toUnsignedLong(standard.get(JAVA_INT_UNALIGNED, 16)),
                id.get(JAVA_LONG_UNALIGNED, 0),
                id.get(JAVA_LONG_UNALIGNED, 8));
    }

    /**
     * FILETIME (steps of 100 ns since 1601) as ns since 1970; the earliest or latest time there is
     * for what lies before 1677 or after 2262, such as 0, which means that there is none.
     */
    static long nanos(long fileTime) {
        long steps = fileTime - EPOCH_STEPS;
        if (steps < Long.MIN_VALUE / 100) {
            return Long.MIN_VALUE;
        }
        return steps > Long.MAX_VALUE / 100 ? Long.MAX_VALUE : steps * 100;
    }

    /** ns since 1970 as FILETIME. */
    static long fileTime(long nanos) {
        return Math.floorDiv(nanos, 100L) + EPOCH_STEPS;
    }

    /**
     * The name of an alternate stream in WIN32_FIND_STREAM_DATA; empty for the file's own content
     * and for what is no data.
     */
    static Optional<String> streamName(MemorySegment data) {
        StringBuilder name = new StringBuilder();
        for (long at = 8; at + 2 <= STREAM_DATA_BYTES; at += 2) {
            char sign = data.get(JAVA_CHAR_UNALIGNED, at);
            if (sign == 0) {
                break;
            }
            name.append(sign);
        }
        String whole = name.toString();
        boolean named = whole.startsWith(":") && whole.endsWith(":$DATA") && whole.length() > 7;
        return named
                ? Optional.of(whole.substring(1, whole.length() - ":$DATA".length()))
                : Optional.empty();
    }

    boolean isDirectory() {
        return (attributes & DIRECTORY) != 0;
    }

    boolean isReparsePoint() {
        return (attributes & REPARSE_POINT) != 0;
    }
}
