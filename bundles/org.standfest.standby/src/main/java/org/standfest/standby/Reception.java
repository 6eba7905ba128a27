package org.standfest.standby;

import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.EnrolHandler;
import org.standfest.replication.engine.RenewHandler;
import org.standfest.replication.engine.ReplicateHandler;
import org.standfest.replication.engine.RestoreHandler;
import org.standfest.replication.engine.SessionListener;
import org.standfest.replication.engine.SessionPlaces;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.SystemAccess;
import org.standfest.replication.engine.WorkTurns;
import org.standfest.replication.engine.groups.GroupSessions;
import org.standfest.replication.engine.proof.ProofHandler;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.trust.Authority;

import java.time.Clock;
import java.util.Map;

/** Who serves which purpose of a connection to this standby. */
final class Reception {

    /** What the memory of a standby is meant for; PROTOCOL.md and docs/performance.md say so. */
    private static final int OPEN_SESSIONS = 12;

    private static final int OPEN_SESSIONS_OF_AN_AGENT = 6;

    private final StandbyServer standby;
    private final Authority authority;
    private final AgentLines lines;
    private final GroupSessions groups;
    private final PoolFiles files;
    private final Clock clock;

    Reception(
            StandbyServer standby,
            Authority authority,
            AgentLines lines,
            GroupSessions groups,
            PoolFiles files,
            Clock clock) {
        this.standby = standby;
        this.authority = authority;
        this.lines = lines;
        this.groups = groups;
        this.files = files;
        this.clock = clock;
    }

    Map<Purpose, ChannelHandler> handlers() {
        SystemAccess access = (agent, systemId) -> authority.claim(agent.id(), systemId);
        return Map.of(
                Purpose.ENROL, new EnrolHandler(authority),
                Purpose.CONTROL, lines,
                Purpose.REPLICATE, sessions(access),
                Purpose.COMPARE, comparisons(access),
                Purpose.RESTORE, restores(access),
                Purpose.RENEW, new RenewHandler(authority),
                Purpose.MANAGE, management());
    }

    private ChannelHandler sessions(SystemAccess access) {
        return new ReplicateHandler(
                standby.pool(),
                access,
                SessionJournal.of(standby),
                clock,
                WorkTurns.standard(),
                standby.care()::weight,
                groups,
                new SessionPlaces(OPEN_SESSIONS, OPEN_SESSIONS_OF_AN_AGENT, clock),
                lines::urgent);
    }

    /** What the standby reads otherwise than committed is scrubbed at once, which repairs it. */
    private ChannelHandler comparisons(SystemAccess access) {
        return new ProofHandler(
                standby.pool(),
                files,
                access,
                (systemId, volume, items) -> standby.care().suspectDamage(systemId));
    }

    private ChannelHandler restores(SystemAccess access) {
        return new RestoreHandler(
                standby.recoveries().emergencySource(),
                access,
                new SessionSender(files, SessionSender.Settings.STANDARD),
                SessionListener.NONE,
                clock);
    }

    private ChannelHandler management() {
        return new ManageHandler(
                (operator, language) ->
                        new StandbyCaller(
                                standby,
                                standby.desk(),
                                new Asker(
                                        operator.id(),
                                        StandbyServer.role(operator.right()),
                                        language,
                                        false)),
                standby::note,
                clock);
    }
}
