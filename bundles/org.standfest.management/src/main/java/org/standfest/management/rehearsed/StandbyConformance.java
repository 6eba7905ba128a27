package org.standfest.management.rehearsed;

import org.standfest.management.Action;
import org.standfest.management.PossibleAction;
import org.standfest.management.Reason;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemSettings;
import org.standfest.management.SystemStatus;

import java.util.List;

/**
 * What every {@link StandbyClient} with an administrating caller must do, the real one and the
 * rehearsed one. Starts nothing; changes the settings of one system.
 */
public final class StandbyConformance {

    private final StandbyClient standby;
    private final Demands demands = new Demands();

    private StandbyConformance(StandbyClient standby) {
        this.standby = standby;
    }

    /**
     * Checks a client of a standby that has at least one system.
     *
     * @return what it does wrong, one line each; empty if it conforms
     */
    public static List<String> breaches(StandbyClient standby) {
        StandbyConformance conformance = new StandbyConformance(standby);
        conformance.check();
        return conformance.demands.breaches();
    }

    private void check() {
        List<SystemStatus> systems = standby.systems().result().orElse(List.of());
        demands.demand(!systems.isEmpty(), "lists its systems");
        demands.demand(
                systems.stream()
                        .map(SystemStatus::id)
                        .sorted()
                        .toList()
                        .equals(systems.stream().map(SystemStatus::id).toList()),
                "sorts systems by id");
        demands.demand(
                standby.facts().result().filter(f -> f.role() == Role.ADMINISTRATE).isPresent(),
                "tells the caller's role");
        systems.forEach(this::checkSystem);
        demands.refused(standby.system("no-such-system"), "an unknown system");
        demands.refused(standby.points("no-such-system"), "points of an unknown system");
        demands.refused(
                standby.configure("no-such-system", SystemSettings.DEFAULT),
                "settings of an unknown system");
        demands.refused(
                standby.begin("no-such-system", Action.ACTIVATE), "start of an unknown system");
        demands.refused(standby.operation("no-such-operation"), "an unknown operation");
        demands.refused(standby.cancel("no-such-operation"), "cancelling an unknown operation");
        demands.refused(standby.revoke("no-such-name"), "revoking an unknown name");
        demands.demand(
                standby.inviteAgent("agent-conformance")
                        .result()
                        .filter(invitation -> !invitation.code().isBlank())
                        .isPresent(),
                "invites agents");
        demands.demand(
                standby.journal("", 0, 1000)
                        .result()
                        .filter(excerpt -> !excerpt.lines().isEmpty())
                        .filter(excerpt -> excerpt.broken().isEmpty())
                        .isPresent(),
                "keeps a journal of what it was asked");
        demands.demand(
                standby.journal("", 0, 1)
                        .result()
                        .filter(excerpt -> excerpt.lines().size() == 1)
                        .filter(excerpt -> excerpt.lines().get(0).number() == excerpt.total())
                        .isPresent(),
                "gives the newest journal lines when fewer are wanted");
        CareConformance.check(standby, demands);
    }

    private void checkSystem(SystemStatus listed) {
        SystemStatus alone = standby.system(listed.id()).result().orElse(null);
        demands.demand(alone != null && alone.id().equals(listed.id()), "finds a listed system");
        List<Action> named = listed.actions().stream().map(PossibleAction::action).toList();
        demands.demand(named.equals(List.of(Action.values())), "names every action once, in order");
        for (PossibleAction action : listed.actions()) {
            if (action.whyNot().isPresent()) {
                Reason why = action.whyNot().get();
                demands.demand(
                        Demands.written(why.explanation()), "says why not " + action.action());
                if (action.action() != Action.RETURN) {
                    demands.refused(
                            standby.begin(listed.id(), action.action()), "an impossible action");
                }
            }
        }
        SystemSettings changed =
                new SystemSettings(
                        listed.settings().primaryTest(),
                        listed.settings().emergencyTest(),
                        listed.settings().addresses(),
                        listed.settings().hardware(),
                        listed.settings().startLimitMillis() == 77_000 ? 78_000 : 77_000);
        demands.demand(
                standby.configure(listed.id(), changed)
                        .result()
                        .filter(after -> after.settings().equals(changed))
                        .isPresent(),
                "takes settings");
        standby.configure(listed.id(), listed.settings());
        demands.demand(
                listed.lastPoint().isEmpty()
                        == standby.points(listed.id()).result().orElse(List.of()).isEmpty(),
                "has points exactly when it has a last one");
    }
}
