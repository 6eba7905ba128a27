package org.standfest.replication.snapshots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.replication.source.ByteRange;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class ExtentComparisonTest {

    private static final int K = 4096;

    private static Extent at(long block, long place, long blocks) {
        return new Extent(block * K, place * K, blocks * K, 0);
    }

    private static List<ByteRange> differences(List<Extent> older, List<Extent> newer) {
        return ExtentComparison.differences(older, newer, 100 * K);
    }

    @Test
    void oneMapEqualsItselfHoweverItIsCut() {
        List<Extent> whole = List.of(at(0, 1000, 50));
        List<Extent> cut = List.of(at(0, 1000, 20), at(20, 1020, 30));
        assertEquals(List.of(), differences(whole, whole));
        assertEquals(List.of(), differences(whole, cut));
        assertEquals(List.of(), differences(List.of(), List.of()));
    }

    @Test
    void whatMovedOrBecameAHoleDiffers() {
        List<Extent> older = List.of(at(0, 1000, 50));
        List<Extent> newer =
                List.of(at(0, 1000, 10), at(10, 5000, 2), at(12, 1012, 8), at(30, 1030, 20));
        assertEquals(
                List.of(new ByteRange(10 * K, 2 * K), new ByteRange(20 * K, 10 * K)),
                differences(older, newer));
    }

    @Test
    void whatIsNotCertainDiffersEvenAtTheSamePlace() {
        for (int flag : new int[] {0x2, 0x4, 0x8, 0x80, 0x100, 0x200, 0x400}) {
            List<Extent> unsure = List.of(new Extent(0, 7 * K, K, flag));
            assertEquals(List.of(new ByteRange(0, K)), differences(unsure, unsure), "" + flag);
        }
    }

    @Test
    void reservedAndNeverWrittenIsAHole() {
        List<Extent> reserved = List.of(new Extent(0, 7 * K, K, Extent.UNWRITTEN));
        assertEquals(List.of(), differences(reserved, List.of()));
        assertEquals(List.of(new ByteRange(0, K)), differences(reserved, List.of(at(0, 7, 1))));
    }

    @Test
    void findsExactlyTheBlocksThatDifferOfRandomMaps() {
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long[] older = new long[100];
            long[] newer = new long[100];
            for (int i = 0; i < 100; i++) {
                older[i] = random.nextInt(3) == 0 ? -1 : 1000 + i;
                newer[i] = random.nextInt(5) == 0 ? random.nextInt(3) - 1 : older[i];
                newer[i] = newer[i] < 1000 && newer[i] != -1 ? 9000 + 2L * i : newer[i];
            }
            List<ByteRange> found = differences(map(older, random), map(newer, random));
            for (int i = 0; i < 100; i++) {
                long block = (long) i * K;
                boolean in =
                        found.stream().anyMatch(r -> r.position() <= block && r.end() >= block + K);
                assertEquals(older[i] != newer[i], in, "seed " + seed + " block " + i);
            }
            for (int i = 1; i < found.size(); i++) {
                assertTrue(found.get(i).position() > found.get(i - 1).end(), "joined");
            }
        }
    }

    /** Extents of blocks that lie in a row, cut at random. */
    private static List<Extent> map(long[] places, SplittableRandom random) {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0) {
                boolean goesOn =
                        !extents.isEmpty()
                                && extents.getLast().end() == (long) i * K
                                && extents.getLast().place() + extents.getLast().lengthBytes()
                                        == places[i] * K
                                && random.nextInt(4) > 0;
                if (goesOn) {
                    Extent last = extents.removeLast();
                    extents.add(
                            new Extent(last.position(), last.place(), last.lengthBytes() + K, 0));
                } else {
                    extents.add(at(i, places[i], 1));
                }
            }
        }
        return extents;
    }
}
