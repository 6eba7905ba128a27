package org.standfest.replication.simulation.world;

/** Whether a process lives; asked at every act of it that is no change of a disk. */
final class Mortal {

    private final Life life;
    private long acts;
    private long endAt = Long.MAX_VALUE;

    Mortal(Life life) {
        this.life = life;
    }

    /** The process ends at a later act. */
    void endAfter(long more) {
        endAt = acts + more;
    }

    /** Counts an act. */
    boolean alive() {
        if (++acts >= endAt) {
            life.end();
        }
        return !life.over();
    }

    /** Looks without counting. */
    boolean breathes() {
        return !life.over();
    }

    void die() {
        life.end();
    }

    Life life() {
        return life;
    }

    void liveOn() {
        endAt = Long.MAX_VALUE;
        life.liveOn();
    }
}
