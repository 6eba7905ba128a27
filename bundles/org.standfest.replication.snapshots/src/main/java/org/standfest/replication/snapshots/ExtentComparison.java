package org.standfest.replication.snapshots;

import org.standfest.replication.source.ByteRange;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where two clones of one file differ without reading them: what lies at the same place on
 * the device is the same, because a place that two files share is never written again (copy on
 * write). What lies elsewhere, or is compressed, inside metadata or otherwise not certain, counts
 * as different. Both clones must exist, unwritten since they were made, until both maps were asked.
 */
final class ExtentComparison {

    private static final long HOLE = -1;
    private static final long UNSURE = -2;

    private final List<Extent> older;
    private final List<Extent> newer;
    private final long sizeBytes;
    private final List<ByteRange> different = new ArrayList<>();

    private ExtentComparison(List<Extent> older, List<Extent> newer, long sizeBytes) {
        this.older = older;
        this.newer = newer;
        this.sizeBytes = sizeBytes;
    }

    /**
     * Compares two maps, each ascending and without overlap.
     *
     * @param sizeBytes the size of both files
     * @return ranges that may differ, ascending, neighbours joined
     */
    static List<ByteRange> differences(List<Extent> older, List<Extent> newer, long sizeBytes) {
        ExtentComparison comparison = new ExtentComparison(older, newer, sizeBytes);
        comparison.run();
        return comparison.different;
    }

    private void run() {
        int first = 0;
        int second = 0;
        long at = 0;
        while (at < sizeBytes) {
            while (first < older.size() && older.get(first).end() <= at) {
                first++;
            }
            while (second < newer.size() && newer.get(second).end() <= at) {
                second++;
            }
            long next = Math.min(edge(older, first, at), edge(newer, second, at));
            long one = place(older, first, at);
            long other = place(newer, second, at);
            if (one != other || one == UNSURE) {
                add(at, next);
            }
            at = next;
        }
    }

    /** Where what holds at a position ends: the extent, or the hole before the next one. */
    private long edge(List<Extent> extents, int index, long at) {
        if (index == extents.size()) {
            return sizeBytes;
        }
        Extent extent = extents.get(index);
        return Math.min(extent.position() > at ? extent.position() : extent.end(), sizeBytes);
    }

    private static long place(List<Extent> extents, int index, long at) {
        if (index == extents.size() || extents.get(index).position() > at) {
            return HOLE;
        }
        Extent extent = extents.get(index);
        if (extent.unsure()) {
            return UNSURE;
        }
        // Reserved and never written reads as zeros, like a hole.
        return extent.unwritten() ? HOLE : extent.place() + at - extent.position();
    }

    private void add(long from, long to) {
        if (!different.isEmpty() && different.getLast().end() == from) {
            long start = different.removeLast().position();
            different.add(new ByteRange(start, to - start));
        } else {
            different.add(new ByteRange(from, to - from));
        }
    }
}
