package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

final class TreeLineTest {

    @Test
    void carriesOutInTheOrderOfHandingOver() throws Exception {
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        try (TreeLine line = new TreeLine()) {
            for (int i = 0; i < 1000; i++) {
                int number = i;
                line.hand(() -> done.add(number));
            }
            line.settle();
            assertEquals(IntStream.range(0, 1000).boxed().toList(), List.copyOf(done));
        }
    }

    @Test
    void tellsWhatAnActMetAndCarriesOutNoMore() throws Exception {
        SourceFault fault =
                new SourceFault(Faults.TEXTS.explain("engine.file-too-large", "x"), null);
        AtomicBoolean more = new AtomicBoolean();
        try (TreeLine line = new TreeLine()) {
            line.hand(
                    () -> {
                        throw fault;
                    });
            assertSame(fault, assertThrows(SourceFault.class, line::settle));
            assertSame(
                    fault, assertThrows(SourceFault.class, () -> line.hand(() -> more.set(true))));
        }
        assertFalse(more.get());
    }

    @Test
    void closingWaitsForTheActUnderWay() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        TreeLine line = new TreeLine();
        line.hand(
                () -> {
                    begun.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                    ended.set(true);
                });
        begun.await();
        Thread.ofVirtual().start(go::countDown);
        line.close();
        assertTrue(ended.get());
    }
}
