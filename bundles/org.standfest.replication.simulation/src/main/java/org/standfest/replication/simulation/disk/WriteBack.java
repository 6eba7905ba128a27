package org.standfest.replication.simulation.disk;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Writing behind the back of whoever wrote, which may lose a page. As on Linux the page then counts
 * as written, and the loss is told to whoever had the file or a watch of the file system open, once
 * to each; whoever comes later hears only of what nobody has heard yet.
 */
final class WriteBack {

    private final Set<Node> lossy = new LinkedHashSet<>();
    private RandomGenerator random;
    private long writes;
    private long loseAt = Long.MAX_VALUE;
    private int losses;
    private int heard;

    /** A page is lost after one of the next writes; then perhaps somebody else hears of it. */
    void loseSoon(RandomGenerator chance, int within) {
        random = chance;
        loseAt = writes + 1 + chance.nextInt(within);
    }

    void loseNoMore() {
        loseAt = Long.MAX_VALUE;
    }

    /** Whether this write is the one after which something is lost. */
    boolean losesNow() {
        return ++writes >= loseAt;
    }

    /** Loses a page of one of these; false when all that they have is on the disk. */
    boolean lose(Set<Node> dirty) {
        List<Node> files = new ArrayList<>(dirty);
        files.removeIf(node -> !node.content.isDirty());
        if (files.isEmpty()) {
            return false;
        }
        loseAt = Long.MAX_VALUE;
        Node victim = files.get(random.nextInt(files.size()));
        victim.content.lose(random, random.nextBoolean());
        victim.losses++;
        losses++;
        if (random.nextBoolean()) {
            heard = losses; // somebody else synced the file system
        }
        lossy.add(victim);
        return true;
    }

    int losses() {
        return losses;
    }

    /** What a watch that opens now counts as told. */
    int heard() {
        return heard;
    }

    /** Tells a watch what it does not know; returns what it knows now. */
    boolean tells(int known) {
        boolean news = known < losses;
        heard = losses;
        return news;
    }

    /** The files that are not on the disk as processes see them, although they count as written. */
    Set<Node> lossy() {
        return lossy;
    }

    /** A machine that starts knows of nothing. */
    void crash() {
        heard = losses;
        lossy.forEach(node -> node.heard = node.losses);
        lossy.clear();
    }
}
