package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.RecoveryPoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides the prepared points of several systems together. For one thread, used once. */
final class GroupCommit {

    private static final int MAX_MEMBERS = 1_024;

    private final Tools tools;
    private final Path root;
    private final RetentionDesk.Stores stores;
    private final String groupId;
    private final List<IncomingPoint> prepared;
    private final Map<String, GroupRecord.Member> members = new HashMap<>();

    GroupCommit(
            Tools tools,
            Path root,
            RetentionDesk.Stores stores,
            String groupId,
            List<IncomingPoint> prepared) {
        this.tools = tools;
        this.root = root;
        this.stores = stores;
        this.groupId = groupId;
        this.prepared = prepared;
    }

    List<RecoveryPoint> run() throws IOException, Refusal {
        List<Session> sessions = new ArrayList<>();
        for (IncomingPoint point : prepared) {
            // also refuses a session of another pool
            if (!(point instanceof Session session)
                    || stores.store(point.request().systemId()) != session.store()) {
                throw Refusal.of("pool.request-wrong", "group");
            }
            sessions.add(session);
        }
        long systems = sessions.stream().map(Session::store).distinct().count();
        if (sessions.isEmpty()
                || sessions.size() > MAX_MEMBERS
                || systems != sessions.size()
                || !Names.isHolder(groupId)) {
            throw Refusal.of("pool.request-wrong", "group");
        }
        // always in one order, so that two groups cannot wait for each other
        List<Session> ordered = new ArrayList<>(sessions);
        ordered.sort(Comparator.comparing(session -> session.store().state().id()));
        decide(ordered, 0);
        List<RecoveryPoint> points = new ArrayList<>();
        for (Session session : sessions) {
            String id = session.store().state().id();
            long number = members.get(id).number();
            points.add(session.store().settled().point(number).point());
        }
        return points;
    }

    /** Takes one monitor after the other, then decides with all of them in hand. */
    private void decide(List<Session> sessions, int next) throws IOException, Refusal {
        if (next < sessions.size()) {
            synchronized (sessions.get(next).store()) {
                decide(sessions, next + 1);
            }
            return;
        }
        for (Session session : sessions) {
            RecoveryPoint point = session.readyFor(groupId);
            String id = session.store().state().id();
            members.put(id, new GroupRecord.Member(point.number(), point.id()));
        }
        for (Session session : sessions) {
            session.leaveToGroup();
        }
        new GroupRecord(groupId, members)
                .write(tools.files(), GroupRecord.directory(root), tools.newId());
        for (Session session : sessions) {
            session.store().settle();
            session.committed();
        }
    }
}
