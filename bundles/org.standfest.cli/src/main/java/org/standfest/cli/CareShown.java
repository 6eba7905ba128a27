package org.standfest.cli;

import static org.standfest.cli.Cells.NONE;
import static org.standfest.cli.Cells.bytes;
import static org.standfest.cli.Cells.instant;
import static org.standfest.cli.Cells.text;

import org.standfest.command.Invocation;
import org.standfest.management.Alarm;
import org.standfest.management.AlarmList;
import org.standfest.management.GroupList;
import org.standfest.management.PeerList;
import org.standfest.management.SessionHistory;
import org.standfest.management.SystemCare;

import java.time.Duration;

/** How alarms, sessions, groups and people look on a terminal. Stateless. */
final class CareShown {

    private CareShown() {}

    static void alarms(Invocation call, AlarmList list) {
        if (list.alarms().isEmpty()) {
            call.out().println(text(call, "alarms.none"));
        }
        for (Alarm one : list.alarms()) {
            call.out()
                    .println(
                            text(
                                    call,
                                    "alarms.head",
                                    one.id(),
                                    text(call, "severity." + one.finding().severity()),
                                    instant(call, one.raisedAt())));
            call.out().println("  " + one.finding().reason().happened());
            call.out().println("  " + one.finding().reason().meaning());
            call.out().println("  " + one.finding().reason().next());
            one.settledAt()
                    .ifPresent(
                            at ->
                                    call.out()
                                            .println(
                                                    "  "
                                                            + text(
                                                                    call,
                                                                    "alarms.settled",
                                                                    instant(call, at),
                                                                    one.settledBy().orElse(NONE),
                                                                    one.settledWhy()
                                                                            .orElse(NONE))));
        }
    }

    static void schedule(Invocation call, SystemCare care) {
        call.out()
                .println(
                        text(
                                call,
                                care.paused() ? "schedule.paused" : "schedule.is",
                                care.space().systemId(),
                                care.schedule().isEmpty()
                                        ? NONE
                                        : care.schedule().replaceFirst("; paused$", "")));
    }

    static void sessions(Invocation call, SessionHistory history) {
        Table table =
                new Table(
                        "lrrrl",
                        text(call, "head.ended"),
                        text(call, "head.took"),
                        text(call, "head.changed"),
                        text(call, "head.wire"),
                        text(call, "head.result"));
        for (SessionHistory.Entry one : history.sessions()) {
            table.row(
                    instant(call, one.endedAt()),
                    Shown.duration(Duration.ofMillis(one.tookMillis()), call.locale()),
                    bytes(call, one.bytesChanged()),
                    bytes(call, one.bytesOnWire()),
                    one.point().orElseGet(() -> one.problem().orElse(NONE)));
        }
        table.print(call.out());
    }

    static void groups(Invocation call, GroupList list) {
        if (list.groups().isEmpty()) {
            call.out().println(text(call, "groups.none"));
            return;
        }
        Table table =
                new Table(
                        "lll",
                        text(call, "head.group"),
                        text(call, "head.newest"),
                        text(call, "head.members"));
        for (GroupList.Group one : list.groups()) {
            table.row(
                    one.name(),
                    instant(call, one.lastPointAt()),
                    String.join(", ", one.systemIds()));
        }
        table.print(call.out());
    }

    static void peers(Invocation call, PeerList list) {
        Table table =
                new Table(
                        "llllll",
                        text(call, "head.id"),
                        text(call, "head.for"),
                        text(call, "head.what"),
                        text(call, "head.valid"),
                        text(call, "head.state"),
                        text(call, "head.systems"));
        for (PeerList.Peer one : list.peers()) {
            String state =
                    one.revokedAt().isPresent()
                            ? "peer.revoked"
                            : one.connected() ? "peer.connected" : "peer.away";
            table.row(
                    one.id(),
                    one.label(),
                    one.role()
                            .map(role -> role.text(call.locale()))
                            .orElse(text(call, "peer.agent")),
                    instant(call, one.validUntil()),
                    text(call, state),
                    one.systems().isEmpty() ? NONE : String.join(", ", one.systems()));
        }
        table.print(call.out());
    }
}
