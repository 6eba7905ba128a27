package org.standfest.replication.engine;

import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.VolumeSource;

import java.util.List;

/** What comes home: a consistent view of the emergency system. Used by one thread. */
public interface RestoreView extends AutoCloseable {

    /** The view; settled by the engine. */
    Snapshot snapshot();

    /** The volumes, named as in the recovery point. */
    List<VolumeSource> volumes();

    /** The epoch the returning system belongs to. */
    long epoch();

    /** Lets go of the view. Never throws; idempotent. */
    @Override
    void close();
}
