package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Window, shares, turns, compression and rates, with a clock that the test turns. */
class LineTest {

    private static final long SECOND = 1_000_000_000;
    private static final int BLOCK = 65_536;

    /**
     * A line with a rate and a delay, a sender who fills the window, a receiver who acknowledges
     * every 128 KiB. Returns the largest number of bytes under way within the time.
     */
    private static long mostUnderWay(
            LineWindow window, double bytesPerNano, long delayNanos, long timeNanos) {
        long now = 0;
        long sent = 0;
        long most = 0;
        long acknowledged = 0;
        double lineFree = 0;
        List<long[]> arrivals = new ArrayList<>();
        while (now < timeNanos) {
            while (window.underWay(sent + BLOCK) <= window.bytes()) {
                sent += BLOCK;
                window.sent(sent, now);
                lineFree = Math.max(lineFree, now) + BLOCK / bytesPerNano;
                arrivals.add(new long[] {sent, (long) lineFree + delayNanos});
            }
            most = Math.max(most, window.underWay(sent));
            long[] next = arrivals.removeFirst();
            now = Math.max(now, next[1]);
            if (next[0] - acknowledged >= 2 * BLOCK) {
                acknowledged = next[0];
                window.acknowledged(acknowledged, now);
            }
        }
        return most;
    }

    @Test
    void windowStartsSmallAndGrowsToWhatALongLineNeeds() {
        LineWindow window = new LineWindow(64L << 20, 0);
        assertEquals(LineWindow.LEAST_BYTES, window.bytes());
        // 100 MB/s and 100 ms there and back: 10 MB are under way when it is kept busy
        long most = mostUnderWay(window, 0.1, SECOND / 10, 5 * SECOND);
        assertTrue(most > 9_000_000, "under way " + most);
        assertTrue(window.bytesPerSecond() > 80e6, "rate " + window.bytesPerSecond());
    }

    @Test
    void windowOfAShortOrSlowLineStaysSmall() {
        long shortLine = mostUnderWay(new LineWindow(64L << 20, 0), 0.1, 200_000, 5 * SECOND);
        assertTrue(shortLine < 2 * LineWindow.LEAST_BYTES, "short line " + shortLine);
        long slow = mostUnderWay(new LineWindow(64L << 20, 0), 0.001, SECOND / 50, 30 * SECOND);
        assertTrue(slow < 3 * LineWindow.LEAST_BYTES, "slow line " + slow);
    }

    @Test
    void windowNeverExceedsWhatTheReceiverAllows() {
        long most = mostUnderWay(new LineWindow(1L << 20, 0), 1, SECOND, 9 * SECOND);
        assertTrue(most <= 1L << 20, "under way " + most);
    }

    @Test
    void acknowledgementsOfWhatWasNeverSentChangeNothingForTheWorse() {
        LineWindow window = new LineWindow(4L << 20, 0);
        window.acknowledged(1L << 60, 5);
        window.acknowledged(3, 6);
        assertTrue(window.bytes() >= LineWindow.LEAST_BYTES && window.bytes() <= 4L << 20);
    }

    @Test
    void longWaitersShareByWeight() {
        FairQueue queue = new FairQueue();
        Map<FairQueue.Ticket, String> names = new HashMap<>();
        FairQueue.Party heavy = new FairQueue.Party(3);
        FairQueue.Party light = new FairQueue.Party(1);
        for (int i = 0; i < 400; i++) {
            names.put(queue.join(heavy, 1_000), "heavy");
            names.put(queue.join(light, 1_000), "light");
        }
        List<String> served = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            served.add(names.get(queue.serve()));
        }
        assertEquals(300, Collections.frequency(served, "heavy"), 2);
    }

    @Test
    void whoWasSilentCannotSaveUp() {
        FairQueue queue = new FairQueue();
        FairQueue.Party busy = new FairQueue.Party(1);
        FairQueue.Party late = new FairQueue.Party(1);
        for (int i = 0; i < 100; i++) {
            queue.join(busy, 10);
            queue.serve();
        }
        Map<FairQueue.Ticket, String> names = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            names.put(queue.join(busy, 10), "busy");
            names.put(queue.join(late, 10), "late");
        }
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            first.add(names.get(queue.serve()));
        }
        assertEquals(10, Collections.frequency(first, "busy"), 2);
        assertThrows(IllegalArgumentException.class, () -> new FairQueue.Party(0));
    }

    @Test
    void limitedLineCarriesItsLimitAndNoMore() {
        FairLine line = new FairLine(0);
        FairQueue.Party party = new FairQueue.Party(1);
        long sent = 0;
        long now = 0;
        long limit = 1_000_000;
        line.queue().join(party, BLOCK);
        while (now < 10 * SECOND) {
            line.fill(now, limit);
            while (line.serve() != null) {
                sent += BLOCK;
                line.queue().join(party, BLOCK);
            }
            now += Math.max(1, line.nanosUntilNext(limit));
        }
        assertEquals(10e6, sent, 0.1 * limit + 2 * BLOCK);
    }

    @Test
    void nothingGoesOutInAnHourWithoutALine() {
        FairLine line = new FairLine(0);
        line.queue().join(new FairQueue.Party(1), BLOCK);
        line.fill(0, 0);
        assertNull(line.serve());
        assertEquals(Long.MAX_VALUE, line.nanosUntilNext(0));
        line.fill(3_600 * SECOND, 0);
        assertNull(line.serve());
        line.fill(3_601 * SECOND, 1_000_000);
        assertTrue(line.serve() != null);
    }

    @Test
    void limitFollowsTheHourOfTheWeek() {
        AtomicLong now = new AtomicLong(Instant.parse("2026-11-23T03:00:00Z").toEpochMilli());
        List<Long> asked = new ArrayList<>();
        AtomicLong nanos = new AtomicLong();
        LineShares shares =
                new LineShares(
                        millis -> {
                            asked.add(millis);
                            int hour =
                                    Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).getHour();
                            return hour < 6 ? LineShares.NO_LIMIT : 1L << 40;
                        },
                        () -> Instant.ofEpochMilli(now.get()),
                        nanos::get);
        LineShares.Share share = shares.join(2);
        assertTrue(share.await(1L << 50, Cancellation.NEVER));
        now.addAndGet(6 * 3_600_000);
        nanos.addAndGet(SECOND);
        assertTrue(share.await(BLOCK, Cancellation.NEVER));
        assertEquals(now.get(), asked.getLast());
    }

    @Test
    void aLimitOfItsOwnHoldsOneBackAndNobodyElse() {
        LineShares shares = LineShares.unlimited();
        LineShares.Share slow = shares.join(1, _ -> 0);
        assertFalse(slow.await(1, () -> true));
        assertTrue(shares.join(1, _ -> LineShares.NO_LIMIT).await(1L << 50, Cancellation.NEVER));
        assertTrue(shares.join(1).await(1L << 50, Cancellation.NEVER));
    }

    @Test
    void waitingForAnHourWithALineCanBeStopped() {
        LineShares shares = new LineShares(_ -> 0, Clock.systemUTC(), () -> 0);
        LineShares.Share share = shares.join(1);
        assertFalse(share.await(1, () -> true));
    }

    @Test
    void turnsAreGivenToSoManyAtOnce() throws InterruptedException {
        WorkTurns turns = new WorkTurns(2);
        AtomicLong working = new AtomicLong();
        AtomicLong most = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int priority = 1 + i % 3;
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        WorkTurns.Turns mine = turns.join(priority);
                                        for (int turn = 0; turn < 200; turn++) {
                                            mine.begin(1_000);
                                            long now = working.incrementAndGet();
                                            most.accumulateAndGet(now, Math::max);
                                            Thread.yield();
                                            working.decrementAndGet();
                                            mine.done();
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(most.get() <= 2, "at once " + most.get());
        assertEquals(0, working.get());
        assertThrows(IllegalArgumentException.class, () -> new WorkTurns(0));
    }

    @Test
    void compressionFollowsTheLine() {
        Compression compression =
                new Compression(new CompressionChoice.Auto(), Compression.FIRST_BYTES);
        assertEquals(1, compression.level(BLOCK));
        carry(compression, 1e9);
        assertEquals(1, compression.level(BLOCK), "what comes first is compressed in any case");
        for (long bytes = 0; bytes <= Compression.FIRST_BYTES; bytes += BLOCK) {
            compression.level(BLOCK);
        }
        assertEquals(0, compression.level(BLOCK));
        carry(compression, 120e6);
        assertEquals(1, compression.level(BLOCK));
        carry(compression, 30e6);
        assertEquals(3, compression.level(BLOCK));
        carry(compression, 2e6);
        assertEquals(9, compression.level(BLOCK));
        assertEquals(0, new Compression(new CompressionChoice.Off(), 0).level(BLOCK));
        assertEquals(5, new Compression(new CompressionChoice.Level(5), 0).level(BLOCK));
    }

    @Test
    void compressionThatIsWantedFollowsWhatIsWaitedFor() {
        Compression compression = new Compression(new CompressionChoice.Always(), 0);
        assertEquals(-3, compression.level(BLOCK));
        wait(compression, 1e9, 0);
        assertEquals(-3, compression.level(BLOCK), "a fast line needs no more");
        wait(compression, 100e6, 0);
        assertEquals(1, compression.level(BLOCK), "as much as the line asks for");
        wait(compression, 5e6, 0);
        assertEquals(9, compression.level(BLOCK), "the line is too slow");
        wait(compression, 5e6, SECOND);
        assertEquals(-3, compression.level(BLOCK), "never as it is");
    }

    /** Sends 128 MiB over a line; for each block the sender waits so long for packing. */
    private static void wait(Compression compression, double lineRate, long packingNanos) {
        for (int i = 0; i < 2_048; i++) {
            compression.level(BLOCK);
            compression.carried(BLOCK, (long) (BLOCK / lineRate * SECOND));
            compression.packed(packingNanos);
        }
    }

    @Test
    void whatTheOptionSaysIsUnderstood() {
        assertEquals(new CompressionChoice.Always(), CompressionChoice.of("on"));
        assertEquals(new CompressionChoice.Off(), CompressionChoice.of("off"));
        assertEquals(new CompressionChoice.Level(12), CompressionChoice.of("12"));
        assertEquals(new CompressionChoice.Level(-3), CompressionChoice.of("-3"));
        assertEquals(new CompressionChoice.Auto(), CompressionChoice.of("auto"));
        assertEquals(new CompressionChoice.Auto(), CompressionChoice.of("20"));
        assertThrows(IllegalArgumentException.class, () -> new CompressionChoice.Level(0));
    }

    private static void carry(Compression compression, double bytesPerSecond) {
        for (int i = 0; i < 200; i++) {
            compression.carried(BLOCK, (long) (BLOCK / bytesPerSecond * SECOND));
        }
    }

    @Test
    void rateAndRestOfTimeFollowWhatHappens() {
        RateMeter meter = new RateMeter(0, 0);
        assertTrue(meter.secondsLeft(1_000).isEmpty());
        for (int second = 1; second <= 60; second++) {
            meter.at(second * 1_000_000L, second * SECOND);
        }
        assertEquals(1e6, meter.bytesPerSecond(), 1);
        assertEquals(40, meter.secondsLeft(100_000_000).getAsLong());
        for (int second = 61; second <= 120; second++) {
            meter.at(60_000_000L + (second - 60) * 10_000_000L, second * SECOND);
        }
        assertEquals(10e6, meter.bytesPerSecond(), 0.2e6);
        for (int second = 121; second <= 400; second++) {
            meter.at(660_000_000L, second * SECOND);
        }
        assertTrue(meter.secondsLeft(1_000_000_000).isEmpty());
        assertFalse(meter.bytesPerSecond() > 1);
    }
}
