package org.standfest.standby;

import org.standfest.recovery.plans.Images;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.results.Outcome;

/** The image pool as plans see it. */
final class PoolImages implements Images {

    private final ImagePool pool;

    PoolImages(ImagePool pool) {
        this.pool = pool;
    }

    @Override
    public Outcome<Newest> newest(String systemId) {
        return pool.system(systemId)
                .flatMap(PooledSystem::newest)
                .map(point -> Outcome.done(new Newest(point.id(), point.takenAt())))
                .orElseGet(
                        () -> Outcome.refused(StandbyTexts.explain("standby.no-point", systemId)));
    }

    @Override
    public Outcome<Void> hold(String systemId, String holder, String reason) {
        return pool.hold(systemId, holder, reason).map(_ -> null);
    }

    @Override
    public Outcome<Void> release(String systemId, String holder) {
        return pool.release(systemId, holder);
    }

    @Override
    public Outcome<Long> epoch(String systemId) {
        return pool.system(systemId)
                .map(system -> Outcome.done(system.epoch()))
                .orElseGet(
                        () -> Outcome.refused(StandbyTexts.explain("standby.no-point", systemId)));
    }

    /** The epoch of a system; the first one for a system without a point. */
    long epochOrFirst(String systemId) {
        return epoch(systemId).result().orElse(1L);
    }

    @Override
    public Outcome<Long> raiseEpoch(String systemId) {
        return pool.raiseEpoch(systemId);
    }
}
