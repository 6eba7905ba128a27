package org.standfest.replication.simulation.world;

import org.standfest.replication.simulation.disk.Act;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What happened in a world: a fingerprint, by which two runs of a seed are known to be the same,
 * and the last lines for whoever looks for a fault.
 */
public final class Journal {

    private final Deque<String> lines = new ArrayDeque<>();
    private final int most;
    private long fingerprint = 0xcbf29ce484222325L;
    private long events;
    private int faults;
    private final List<String> faultsDone = new ArrayList<>();

    /**
     * @param most how many lines are kept
     */
    public Journal(int most) {
        this.most = most;
    }

    void act(Act act, String path) {
        add(act.name(), path);
    }

    void say(String what) {
        add("", what);
    }

    /** Something that counts for the fingerprint and is too much to be told. */
    void count(String what, long number) {
        events++;
        mix(what);
        fingerprint = (fingerprint ^ number) * 0x100000001b3L;
    }

    void fault(int number, String what, boolean done) {
        faults = Math.max(faults, number + 1);
        if (done) {
            faultsDone.add(number + " " + what);
            say("fault " + number + ": " + what);
        }
    }

    /** How many faults there were, with those left out. */
    public int faults() {
        return faults;
    }

    /** The faults that happened. */
    public List<String> faultsDone() {
        return List.copyOf(faultsDone);
    }

    private void add(String word, String text) {
        events++;
        mix(word);
        mix(text);
        if (most > 0) {
            if (lines.size() == most) {
                lines.removeFirst();
            }
            lines.addLast(word.isEmpty() ? text : "    " + word + ' ' + text);
        }
    }

    private void mix(String text) {
        for (int i = 0; i < text.length(); i++) {
            fingerprint = (fingerprint ^ text.charAt(i)) * 0x100000001b3L;
        }
        fingerprint = (fingerprint ^ 0x1ff) * 0x100000001b3L;
    }

    /** The same for the same history. */
    public long fingerprint() {
        return fingerprint;
    }

    /** How many acts and notes there were. */
    public long events() {
        return events;
    }

    /** The last lines. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
