package org.standfest.management.rehearsed;

import org.standfest.management.Action;
import org.standfest.management.PossibleAction;
import org.standfest.management.Reason;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemSettings;
import org.standfest.management.SystemStatus;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What every {@link StandbyClient} with an administrating caller must do, the real one and the
 * rehearsed one. Starts nothing; changes the settings of one system.
 */
public final class StandbyConformance {

    private final StandbyClient standby;
    private final List<String> breaches = new ArrayList<>();

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
        return List.copyOf(conformance.breaches);
    }

    private void check() {
        List<SystemStatus> systems = standby.systems().result().orElse(List.of());
        demand(!systems.isEmpty(), "lists its systems");
        demand(
                systems.stream()
                        .map(SystemStatus::id)
                        .sorted()
                        .toList()
                        .equals(systems.stream().map(SystemStatus::id).toList()),
                "sorts systems by id");
        demand(
                standby.facts().result().filter(f -> f.role() == Role.ADMINISTRATE).isPresent(),
                "tells the caller's role");
        systems.forEach(this::checkSystem);
        refused(standby.system("no-such-system"), "an unknown system");
        refused(standby.points("no-such-system"), "points of an unknown system");
        refused(
                standby.configure("no-such-system", SystemSettings.DEFAULT),
                "settings of an unknown system");
        refused(standby.begin("no-such-system", Action.ACTIVATE), "start of an unknown system");
        refused(standby.operation("no-such-operation"), "an unknown operation");
        refused(standby.cancel("no-such-operation"), "cancelling an unknown operation");
        refused(standby.revoke("no-such-name"), "revoking an unknown name");
        demand(
                standby.inviteAgent("agent-conformance")
                        .result()
                        .filter(invitation -> !invitation.code().isBlank())
                        .isPresent(),
                "invites agents");
        demand(
                standby.journal("", 0, 1000)
                        .result()
                        .filter(excerpt -> !excerpt.lines().isEmpty())
                        .filter(excerpt -> excerpt.broken().isEmpty())
                        .isPresent(),
                "keeps a journal of what it was asked");
        demand(
                standby.journal("", 0, 1)
                        .result()
                        .filter(excerpt -> excerpt.lines().size() == 1)
                        .filter(excerpt -> excerpt.lines().get(0).number() == excerpt.total())
                        .isPresent(),
                "gives the newest journal lines when fewer are wanted");
        breaches.addAll(CareConformance.breaches(standby));
    }

    private void checkSystem(SystemStatus listed) {
        SystemStatus alone = standby.system(listed.id()).result().orElse(null);
        demand(alone != null && alone.id().equals(listed.id()), "finds a listed system");
        List<Action> named = listed.actions().stream().map(PossibleAction::action).toList();
        demand(named.equals(List.of(Action.values())), "names every action once, in order");
        for (PossibleAction action : listed.actions()) {
            if (action.whyNot().isPresent()) {
                Reason why = action.whyNot().get();
                demand(written(why.explanation()), "says why not " + action.action());
                if (action.action() != Action.RETURN) {
                    refused(standby.begin(listed.id(), action.action()), "an impossible action");
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
        demand(
                standby.configure(listed.id(), changed)
                        .result()
                        .filter(after -> after.settings().equals(changed))
                        .isPresent(),
                "takes settings");
        standby.configure(listed.id(), listed.settings());
        demand(
                listed.lastPoint().isEmpty()
                        == standby.points(listed.id()).result().orElse(List.of()).isEmpty(),
                "has points exactly when it has a last one");
    }

    private void refused(Outcome<?> outcome, String what) {
        demand(
                outcome instanceof Outcome.Refused<?> && written(outcome.problem().orElseThrow()),
                "refuses " + what + " with three sentences");
    }

    private static boolean written(Explanation why) {
        Reason reason = Reason.of(why, Locale.ENGLISH);
        return List.of(reason.happened(), reason.meaning(), reason.next()).stream()
                .noneMatch(text -> text.isBlank() || text.startsWith("!"));
    }

    private void demand(boolean holds, String what) {
        if (!holds) {
            breaches.add(what);
        }
    }
}
