package org.standfest.standby;

import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.TransportEvent;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes down who came, who was turned away, and faults of the program. Of those who are turned
 * away at most sixty a minute, so that nobody can fill the disk by knocking.
 */
final class TransportJournal implements Consumer<TransportEvent> {

    private static final int TURNED_AWAY_PER_MINUTE = 60;

    private final ManageHandler.Journaled journal;
    private final InstantSource clock;
    private long minute;
    private int turnedAway;

    TransportJournal(ManageHandler.Journaled journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    private synchronized boolean stillWritten() {
        long now = clock.millis() / 60_000;
        turnedAway = now == minute ? turnedAway + 1 : 1;
        minute = now;
        return turnedAway <= TURNED_AWAY_PER_MINUTE;
    }

    @Override
    public void accept(TransportEvent event) {
        switch (event) {
            case TransportEvent.Welcomed(
                            String from,
                            var peer,
                            Purpose purpose,
                            String product) -> {
                if (purpose == Purpose.CONTROL || purpose == Purpose.MANAGE) {
                    journal.write(
                            peer.id(),
                            "",
                            "line.welcomed",
                            Map.of("purpose", purpose.name(), "from", from, "product", product));
                }
            }
            case TransportEvent.TurnedAway(String from, var why) -> {
                if (stillWritten()) {
                    journal.write(
                            "standby",
                            "",
                            "line.turned-away",
                            Map.of("from", from, "why", why.code()));
                }
            }
            case TransportEvent.Ended(var peer, Purpose purpose, _, _, var why) -> {
                if (purpose == Purpose.CONTROL) {
                    journal.write(
                            peer.id(),
                            "",
                            "line.ended",
                            Map.of("why", why == null ? "" : why.code()));
                }
            }
            case TransportEvent.HandlerFault(var peer, Purpose purpose, Throwable fault) ->
                    journal.write(
                            peer.id(),
                            "",
                            "line.fault",
                            Map.of("purpose", purpose.name(), "fault", fault.toString()));
        }
    }
}
