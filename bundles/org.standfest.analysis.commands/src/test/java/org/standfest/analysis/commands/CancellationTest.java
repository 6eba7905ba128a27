package org.standfest.analysis.commands;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CancellationTest {

    @Test
    void theProcessWaitsUntilWhatThereIsWasPrinted() throws InterruptedException {
        Thread ending;
        try (Cancellation cancellation = new Cancellation()) {
            assertFalse(cancellation.asked());
            ending = Thread.ofPlatform().start(cancellation::wanted);
            while (!cancellation.asked()) {
                Thread.onSpinWait();
            }
            assertTrue(ending.isAlive());
        }
        ending.join();
        assertFalse(ending.isAlive());
    }
}
