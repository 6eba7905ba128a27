package org.standfest.standby;

import org.standfest.replication.engine.SessionListener;
import org.standfest.replication.engine.SessionReport;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the end of every replication session down. */
final class SessionJournal implements SessionListener {

    private final ManageHandler.Journaled journal;
    private final Consumer<SessionReport> next;

    /**
     * @param next told of every end after it was written down
     */
    SessionJournal(ManageHandler.Journaled journal, Consumer<SessionReport> next) {
        this.journal = journal;
        this.next = next;
    }

    /** The one of a standby: what was received is cared for, retention included. */
    static SessionJournal of(StandbyServer standby) {
        return new SessionJournal(
                standby::note,
                report -> {
                    String id = report.info().systemId();
                    // An agent that only sends, as another standby does, reports no systems.
                    if (!EmergencyPoints.isOne(id, standby.pool())) {
                        standby.engine().meet(id);
                    }
                    standby.background().run(() -> standby.care().ended(report));
                });
    }

    @Override
    public void ended(SessionReport report) {
        Map<String, String> details = new HashMap<>();
        report.facts().forEach((name, value) -> details.put(name, cut(value)));
        report.result().result().ifPresent(point -> details.put("point", point));
        report.result().problem().ifPresent(why -> details.put("why", why.code()));
        journal.write(
                report.info().agentId(),
                report.info().systemId(),
                report.result().isDone() ? "session.committed" : "session.ended",
                details);
        next.accept(report);
    }

    private static String cut(String value) {
        return value.length() <= 200 ? value : value.substring(0, 200);
    }
}
