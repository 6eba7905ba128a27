package org.standfest.replication.source;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** A snapshot that is another one but for what an implementation says otherwise. */
public interface ForwardingSnapshot extends Snapshot {

    /** The other one. */
    Snapshot taken();

    @Override
    default Instant takenAt() {
        return taken().takenAt();
    }

    @Override
    default DiskView disk(String volume) {
        return taken().disk(volume);
    }

    @Override
    default Path tree(String volume) {
        return taken().tree(volume);
    }

    @Override
    default boolean frozen() {
        return taken().frozen();
    }

    @Override
    default Consistency consistency() {
        return taken().consistency();
    }

    @Override
    default Map<String, String> facts() {
        return taken().facts();
    }

    @Override
    default Map<String, String> machine() {
        return taken().machine();
    }

    @Override
    default Map<String, byte[]> attachments() {
        return taken().attachments();
    }

    @Override
    default void settle(Settlement settlement) {
        taken().settle(settlement);
    }

    @Override
    default void close() {
        taken().close();
    }
}
