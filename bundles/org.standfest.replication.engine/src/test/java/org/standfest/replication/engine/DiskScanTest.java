package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.standfest.replication.engine.DiskScan.Segment;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.source.ByteRange;

import java.util.BitSet;
import java.util.List;

class DiskScanTest {

    private static final long BLOCKS = 100;

    private static List<Segment> segments(long firstBlock, long blocks) {
        ByteRange content = new ByteRange(firstBlock * Blocks.SIZE, blocks * Blocks.SIZE);
        return DiskScan.segments(List.of(content), BLOCKS * Blocks.SIZE, true);
    }

    @Test
    void whatIsLeftBeginsAtTheBlockAlsoWithinASegment() {
        List<Segment> all = List.of(new Segment(0, 10, true), new Segment(10, 16, false));
        assertEquals(all, DiskScan.from(all, 0));
        assertEquals(
                List.of(new Segment(4, 6, true), new Segment(10, 16, false)),
                DiskScan.from(all, 4));
        assertEquals(List.of(new Segment(10, 16, false)), DiskScan.from(all, 10));
        assertEquals(List.of(new Segment(25, 1, false)), DiskScan.from(all, 25));
        assertEquals(List.of(), DiskScan.from(all, 26));
    }

    @Test
    void aDiskThatIsCutOtherwiseOnTheNextConnectionIsExaminedOnceEverywhere() {
        for (long stop = 0; stop <= segments(20, 60).size(); stop++) {
            List<Segment> first = segments(20, 60).subList(0, (int) stop);
            long next = first.isEmpty() ? 0 : first.getLast().endBlock();
            BitSet examined = new BitSet();
            first.forEach(segment -> mark(examined, segment));
            DiskScan.from(segments(5, 30), next).forEach(segment -> mark(examined, segment));
            assertEquals(BLOCKS, examined.cardinality());
        }
    }

    private static void mark(BitSet examined, Segment segment) {
        for (long i = segment.firstBlock(); i < segment.endBlock(); i++) {
            assertEquals(false, examined.get((int) i), () -> "twice: " + segment);
            examined.set((int) i);
        }
    }
}
