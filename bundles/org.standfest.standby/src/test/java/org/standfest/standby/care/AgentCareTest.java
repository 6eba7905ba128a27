package org.standfest.standby.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.standfest.management.CareCall;
import org.standfest.management.CarePolicy;
import org.standfest.management.CareRuling;
import org.standfest.management.OperationState;
import org.standfest.management.SessionHistory;
import org.standfest.management.TaskKind;
import org.standfest.management.TaskStatus;
import org.standfest.replication.engine.Direction;
import org.standfest.replication.engine.InProcessLine;
import org.standfest.replication.engine.SessionInfo;
import org.standfest.replication.engine.SessionReport;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the standby knows of agents and asks them for. */
@Timeout(60)
class AgentCareTest extends CareRig {

    @Test
    void aForecastNeedsSessionsAndSaysWhatTheLineReaches() {
        refused(new CareCall.Forecast(ID), "care.no-sessions");
        for (int i = 0; i < 5; i++) {
            session(1, 0.4);
        }
        ask(new CareRuling.SetPolicy(ID, policy("all", 60_000)));
        var view = ask(new CareCall.Forecast(ID));
        assertEquals(5, view.sessions());
        assertTrue(view.verdict().isPresent(), "nothing is scheduled: no RPO can be promised");
        assertEquals(5, ask(new CareCall.Sessions(ID, 10)).sessions().size());
    }

    @Test
    void whatOnlyAnAgentCanDoIsRefusedWhileItIsAway() {
        session(1, 0.4);
        refused(new CareCall.Pause(ID, "the line is repaired"), "care.agent-away");
        refused(new CareRuling.SetSchedule(ID, "every 15 min"), "care.agent-away");
        refused(new CareRuling.SetSchedule(ID, "sometimes"), "objectives.schedule");
        refused(new CareCall.Compare(ID), "care.agent-away");
        ask(new CareRuling.DefineGroup("shop", List.of(ID), ""));
        TaskStatus group = end(ask(new CareCall.RunGroup("shop")));
        assertEquals(OperationState.REFUSED, group.state());
        assertEquals("care.agent-away", group.reason().orElseThrow().code());
    }

    @Test
    void aSessionRemembersWhoWantedIt() {
        for (String trigger : List.of("CONTINUOUS", "PERSON", "AGAIN", "GROUP", "LATER")) {
            clock.now = clock.now.plusSeconds(60);
            RecoveryPoint point = commit(ID, trigger);
            care.ended(
                    new SessionReport(
                            new SessionInfo(trigger, ID, "agent", Direction.REPLICATE, clock.now),
                            Outcome.done(point.id()),
                            Map.of(FactNames.TRIGGER, trigger)));
        }
        assertEquals(
                List.of("schedule", "group", "again", "person", "continuous"),
                ask(new CareCall.Sessions(ID, 10)).sessions().stream()
                        .map(SessionHistory.Entry::trigger)
                        .toList());
    }

    @Test
    void anAgentIsAlsoToldThatNothingIsLimitedAnyMore() throws Exception {
        InProcessLine line = new InProcessLine(Purpose.CONTROL, Locale.ENGLISH);
        Channel standby = line.receiver(new Peer.Agent("agent", Set.of(ID), false));
        try (Channel agent = line.sender("standby")) {
            Thread.startVirtualThread(() -> serve(standby));
            agent.send(new Message.AgentReport("townhall", "test", List.of(), List.of()));
            while (lines.agent("agent").isEmpty()) {
                Thread.onSpinWait();
            }
            report(Map.of());
            assertEquals(Map.of("rates", "", "priority", "0"), told(agent));
            String rates = "otherwise 1 Mbit/s";
            ask(new CareRuling.SetPolicy(ID, new CarePolicy("all", 0, 0, 0, "", rates, 10, 4)));
            assertEquals(Map.of("rates", rates, "priority", "4"), told(agent));
            ask(new CareRuling.SetPolicy(ID, policy("all", 0)));
            assertEquals(Map.of("rates", "", "priority", "0"), told(agent));
        }
    }

    private static Map<String, String> told(Channel agent) throws ChannelException {
        Message.Command command = assertInstanceOf(Message.Command.class, agent.receive());
        assertEquals(Message.CommandKind.LIMITS, command.kind());
        return command.arguments();
    }

    private void serve(Channel channel) {
        try {
            lines.serve(channel);
        } catch (ChannelException _) {
            // the agent went away
            return;
        }
    }

    private long groupRuns() {
        return ask(new CareCall.Tasks()).tasks().stream()
                .filter(task -> task.kind() == TaskKind.GROUP)
                .count();
    }

    @Test
    void aGroupIsTakenWhenItsScheduleSaysAndKeepsItWhenItsMembersChange() {
        refused(
                new CareRuling.DefineGroup("shop", List.of(ID), "sometimes"),
                "objectives.schedule");
        ask(new CareRuling.DefineGroup("shop", List.of(ID), "every 1 h"));
        watchFor(5);
        assertEquals(1, groupRuns(), "the first at once, and no other within the hour");
        ask(new CareRuling.DefineGroup("shop", List.of(ID), ""));
        assertEquals("every 1 h", ask(new CareCall.Groups()).groups().getFirst().schedule());
        clock.now = clock.now.plus(Duration.ofHours(1));
        watchFor(5);
        assertEquals(2, groupRuns());
        ask(new CareRuling.DefineGroup("shop", List.of(ID), "manual"));
        clock.now = clock.now.plus(Duration.ofHours(5));
        watchFor(5);
        assertEquals(2, groupRuns());
    }
}
