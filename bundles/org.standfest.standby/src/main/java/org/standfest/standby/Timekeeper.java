package org.standfest.standby;

import org.standfest.recovery.Sleeper;

import java.time.Clock;
import java.time.Duration;

/** The boundary to real time: the system's clock, and real waiting. */
final class Timekeeper implements Sleeper {

    private final Clock clock = Clock.systemUTC();

    Clock clock() {
        return clock;
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
