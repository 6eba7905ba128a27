package org.standfest.replication.source.conformance;

import org.standfest.replication.source.ByteRange;

import java.util.ArrayList;
import java.util.List;

/** What lists of ranges hold. */
final class Ranges {

    private Ranges() {}

    static boolean ordered(List<ByteRange> ranges, long sizeBytes) {
        long end = 0;
        for (ByteRange range : ranges) {
            if (range.position() < end || range.end() > sizeBytes) {
                return false;
            }
            end = range.end();
        }
        return true;
    }

    /** Whether every byte of a stretch lies in one of the ranges. */
    static boolean cover(List<ByteRange> ranges, long position, long length) {
        long next = position;
        for (ByteRange range : ranges) {
            if (range.position() <= next && range.end() > next) {
                next = range.end();
            }
        }
        return next >= position + length;
    }

    static boolean coverDifferences(List<ByteRange> ranges, byte[] before, byte[] now) {
        for (int i = 0; i < Math.min(before.length, now.length); i++) {
            if (before[i] != now[i] && !cover(ranges, i, 1)) {
                return false;
            }
        }
        return true;
    }

    /** What lies between the ranges below a limit. */
    static List<ByteRange> gaps(List<ByteRange> ranges, long limit) {
        List<ByteRange> gaps = new ArrayList<>();
        long next = 0;
        for (ByteRange range : ranges) {
            if (range.position() > next && next < limit) {
                gaps.add(new ByteRange(next, Math.min(range.position(), limit) - next));
            }
            next = Math.max(next, range.end());
        }
        if (next < limit) {
            gaps.add(new ByteRange(next, limit - next));
        }
        return gaps;
    }
}
