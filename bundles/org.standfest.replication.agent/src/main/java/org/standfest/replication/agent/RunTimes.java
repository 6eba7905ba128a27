package org.standfest.replication.agent;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the schedule of a system has to know over a restart.
 *
 * @param started when the last run began
 * @param ended when it ended
 * @param taken the instant the newest committed point shows
 * @param failures how many runs failed in a row
 * @param paused why a person or the standby paused it; empty: it is not paused
 */
record RunTimes(
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<Instant> taken,
        int failures,
        Optional<String> paused) {

    static final RunTimes NEVER =
            new RunTimes(Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty());

    RunTimes startedAt(Instant now) {
        return new RunTimes(Optional.of(now), ended, taken, failures, paused);
    }

    RunTimes doneAt(Instant now, Instant shows) {
        return new RunTimes(started, Optional.of(now), Optional.of(shows), 0, paused);
    }

    RunTimes failedAt(Instant now) {
        return new RunTimes(started, Optional.of(now), taken, failures + 1, paused);
    }

    RunTimes withoutFailures() {
        return new RunTimes(started, ended, taken, 0, paused);
    }

    RunTimes pausedBecause(Optional<String> reason) {
        return new RunTimes(started, ended, taken, failures, reason);
    }

    Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        started.ifPresent(at -> properties.put("started", at.toString()));
        ended.ifPresent(at -> properties.put("ended", at.toString()));
        taken.ifPresent(at -> properties.put("taken", at.toString()));
        properties.put("failures", Integer.toString(failures));
        paused.ifPresent(why -> properties.put("paused", why));
        return properties;
    }

    /** Throws a RuntimeException for what it never wrote. */
    static RunTimes of(Map<String, String> properties) {
        return new RunTimes(
                Optional.ofNullable(properties.get("started")).map(Instant::parse),
                Optional.ofNullable(properties.get("ended")).map(Instant::parse),
                Optional.ofNullable(properties.get("taken")).map(Instant::parse),
                Integer.parseInt(properties.getOrDefault("failures", "0")),
                Optional.ofNullable(properties.get("paused")));
    }
}
