package org.standfest.management.rehearsed;

import org.standfest.management.Alarm;
import org.standfest.management.CareCall;
import org.standfest.management.CarePolicy;
import org.standfest.management.CareRuling;
import org.standfest.management.PointCare;
import org.standfest.management.PoolView;
import org.standfest.management.ScrubStatus;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemCare;
import org.standfest.management.TaskStatus;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What every standby must do with questions about the care of recovery points. Sets policies and
 * puts them back; verifies one system; pins a point and takes the pin away.
 */
final class CareConformance {

    private static final String NOBODY = "no-such-system";

    private final StandbyClient standby;
    private final Demands demands;

    private CareConformance(StandbyClient standby, Demands demands) {
        this.standby = standby;
        this.demands = demands;
    }

    static void check(StandbyClient standby, Demands demands) {
        new CareConformance(standby, demands).check();
    }

    private void check() {
        PoolView pool = standby.ask(new CareCall.PoolList()).result().orElse(null);
        demands.demand(pool != null, "lists the pool");
        if (pool == null) {
            return;
        }
        demands.demand(
                pool.usableBytes() > 0 && pool.warnBytes() > pool.reserveBytes(), "tells space");
        List<String> ids = pool.systems().stream().map(PoolView.SystemSpace::systemId).toList();
        demands.demand(
                ids.equals(ids.stream().sorted().toList()), "sorts the pool's systems by id");
        ids.forEach(this::checkSystem);
        checkRefusals();
        checkScrub();
        checkAlarms();
        demands.demand(standby.ask(new CareCall.Tasks()).isDone(), "lists long works");
        demands.demand(standby.ask(new CareCall.Peers()).isDone(), "lists who has a certificate");
        if (!ids.isEmpty()) {
            checkGroups(ids.getFirst());
        }
    }

    private void checkSystem(String id) {
        SystemCare care = standby.ask(new CareCall.PoolShow(id)).result().orElse(null);
        demands.demand(care != null && care.space().systemId().equals(id), "shows a listed system");
        if (care == null) {
            return;
        }
        List<Long> numbers = care.points().stream().map(PointCare::number).toList();
        demands.demand(
                numbers.equals(numbers.stream().sorted(Comparator.reverseOrder()).toList()),
                "gives the newest point first");
        demands.demand(care.points().size() == care.space().points(), "counts the points it gives");
        CarePolicy changed =
                new CarePolicy("last 3, daily 7", 3_600_000, 0, 1L << 40, "town", "", 20, 5);
        demands.demand(
                standby.ask(new CareRuling.SetPolicy(id, changed))
                        .result()
                        .filter(after -> after.policy().equals(changed))
                        .isPresent(),
                "takes a policy");
        demands.demand(
                standby.ask(new CareRuling.SetPolicy(id, care.policy()))
                        .result()
                        .filter(after -> after.policy().equals(care.policy()))
                        .isPresent(),
                "takes a policy back");
        demands.demand(
                standby.ask(new CareCall.Sessions(id, 10))
                        .result()
                        .filter(history -> history.sessions().size() <= 10)
                        .isPresent(),
                "tells at most as many sessions as are wanted");
        demands.demand(
                standby.ask(new CareRuling.Prune(id, "last 1", true))
                        .result()
                        .filter(plan -> plan.dryRun() && plan.fates().size() == numbers.size())
                        .isPresent(),
                "plans a pruning without doing it");
        demands.demand(
                standby.ask(new CareCall.PoolShow(id))
                        .result()
                        .filter(after -> after.points().size() == numbers.size())
                        .isPresent(),
                "keeps every point in a dry run");
        care.points().stream().findFirst().ifPresent(point -> checkPoint(id, point));
        refused(new CareCall.Pin(id, 999_999, "none"), "pinning an unknown point");
    }

    private void checkPoint(String id, PointCare point) {
        demands.demand(
                pinned(new CareCall.Pin(id, point.number(), "conformance"), point)
                        .equals(Optional.of("conformance")),
                "pins a point with its reason");
        demands.demand(
                pinned(new CareRuling.Unpin(id, point.number(), "conformance"), point).isEmpty(),
                "takes a pin away");
        demands.demand(
                standby.ask(new CareCall.HintMount(id, 0, ""))
                        .result()
                        .filter(hint -> hint.number() == point.number())
                        .filter(hint -> !hint.ways().isEmpty())
                        .isPresent(),
                "says how to look into the newest point");
        TaskStatus begun = standby.ask(new CareCall.Verify(id)).result().orElse(null);
        demands.demand(begun != null, "begins a verification");
        if (begun != null) {
            demands.demand(
                    standby.ask(new CareCall.OneTask(begun.id()))
                            .result()
                            .filter(now -> now.kind() == begun.kind())
                            .filter(now -> now.systemId().equals(id))
                            .isPresent(),
                    "tells a long work that it began");
        }
    }

    private Optional<String> pinned(CareCall<SystemCare> call, PointCare point) {
        return standby.ask(call).result().stream()
                .flatMap(care -> care.points().stream())
                .filter(one -> one.number() == point.number())
                .findFirst()
                .flatMap(PointCare::pinned);
    }

    private void checkRefusals() {
        refused(new CareCall.PoolShow(NOBODY), "an unknown system in the pool");
        refused(new CareCall.Verify(NOBODY), "verifying an unknown system");
        refused(new CareCall.ScrubNow(NOBODY), "scrubbing an unknown system");
        refused(new CareRuling.Repair(NOBODY), "repairing an unknown system");
        refused(new CareCall.Compare(NOBODY), "comparing an unknown system");
        refused(new CareRuling.Prune(NOBODY, "last 1", true), "pruning an unknown system");
        refused(new CareCall.Pin(NOBODY, 1, "none"), "pinning in an unknown system");
        refused(new CareRuling.Unpin(NOBODY, 1, "none"), "unpinning in an unknown system");
        refused(new CareRuling.Lock(NOBODY, 1, Instant.EPOCH), "locking in an unknown system");
        refused(
                new CareRuling.SetPolicy(NOBODY, CarePolicy.DEFAULT),
                "a policy of an unknown system");
        refused(new CareRuling.SetSchedule(NOBODY, "manual"), "a schedule of an unknown system");
        refused(new CareCall.Pause(NOBODY, "none"), "pausing an unknown system");
        refused(new CareCall.Resume(NOBODY), "resuming an unknown system");
        refused(new CareRuling.Export(NOBODY, 0, "nowhere", ""), "exporting an unknown system");
        refused(new CareCall.HintMount(NOBODY, 0, ""), "mounting an unknown system");
        refused(new CareCall.Forecast(NOBODY), "a forecast for an unknown system");
        refused(new CareCall.Sessions(NOBODY, 1), "sessions of an unknown system");
        refused(new CareCall.OneTask("no-such-task"), "an unknown long work");
        refused(new CareCall.CancelTask("no-such-task"), "cancelling an unknown long work");
        refused(new CareCall.Acknowledge("no-such-alarm", "none"), "an unknown alarm");
        refused(new CareCall.RunGroup("no-such-group"), "running an unknown group");
        refused(new CareRuling.RemoveGroup("no-such-group"), "removing an unknown group");
        refused(
                new CareRuling.DefineGroup("conformance", List.of(NOBODY), ""),
                "a group with an unknown member");
    }

    private void checkScrub() {
        ScrubStatus before = standby.ask(new CareCall.Scrubs()).result().orElse(null);
        demands.demand(before != null, "tells when it scrubs");
        if (before == null) {
            return;
        }
        demands.demand(
                standby.ask(new CareRuling.PlanScrub(48, 1_000_000))
                        .result()
                        .filter(after -> after.everyHours() == 48)
                        .filter(after -> after.bytesPerSecond() == 1_000_000)
                        .isPresent(),
                "takes a plan for the scrub");
        standby.ask(new CareRuling.PlanScrub(before.everyHours(), before.bytesPerSecond()));
    }

    private void checkAlarms() {
        List<Alarm> open =
                standby.ask(new CareCall.Alarms("", false))
                        .result()
                        .map(list -> list.alarms())
                        .orElse(null);
        demands.demand(open != null, "lists alarms");
        for (Alarm alarm : open == null ? List.<Alarm>of() : open) {
            demands.demand(alarm.settledAt().isEmpty(), "lists open alarms only, where asked to");
            demands.demand(
                    Demands.written(alarm.finding().reason().explanation()), "explains its alarms");
        }
    }

    private void checkGroups(String member) {
        demands.demand(
                standby.ask(new CareRuling.DefineGroup("conformance", List.of(member), ""))
                        .result()
                        .filter(
                                list ->
                                        list.groups().stream()
                                                .anyMatch(
                                                        one ->
                                                                one.name().equals("conformance")
                                                                        && one.systemIds()
                                                                                .equals(
                                                                                        List.of(
                                                                                                member))))
                        .isPresent(),
                "defines a group");
        demands.demand(
                standby.ask(new CareRuling.RemoveGroup("conformance"))
                        .result()
                        .filter(
                                list ->
                                        list.groups().stream()
                                                .noneMatch(one -> one.name().equals("conformance")))
                        .isPresent(),
                "forgets a group");
    }

    private void refused(CareCall<?> call, String what) {
        demands.refused(standby.ask(call), what);
    }
}
