package org.standfest.recovery;

import java.time.Duration;

/** Waits. The one place where recovery lets time pass. */
@FunctionalInterface
public interface Sleeper {

    /** Waits so long; throws InterruptedException if the thread shall end. */
    void sleep(Duration time) throws InterruptedException;
}
