package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.Action;
import org.standfest.management.JournalExcerpt;
import org.standfest.management.OperatorAccess;
import org.standfest.management.ReturnOrder;
import org.standfest.management.StandbyClient;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code standfest recover}: outage, emergency operation and the way home, as a person walks them.
 */
@Component(service = Command.class)
public final class RecoverCommand extends StandbyCommand {

    private static final Map<String, Action> ACTIONS =
            Map.of(
                    "outage", Action.REPORT_OUTAGE,
                    "activate", Action.ACTIVATE,
                    "undo", Action.UNDO,
                    "unblock", Action.UNBLOCK);
    private static final int JOURNAL_LINES = 200;

    /** Called by the framework. */
    public RecoverCommand() {
        super("recover", Set.of("agent", "disk", "confirm"), Set.of());
    }

    @Override
    int run(Invocation call, Arguments arguments, OperatorAccess access) {
        List<String> words = arguments.words();
        if (words.size() != 2) {
            return usageError(call, "cli.arguments");
        }
        String what = words.getFirst();
        String id = words.get(1);
        if (ACTIONS.containsKey(what)) {
            List<String> confirmed =
                    arguments.option("confirm").map(it -> List.of(it.split(","))).orElse(List.of());
            return ask(
                    call,
                    access,
                    client ->
                            Talk.follow(
                                    call, client, client.begin(id, ACTIONS.get(what), confirmed)));
        }
        return switch (what) {
            case "journal" -> ask(call, access, client -> journal(call, client, id));
            case "return" -> comeHome(call, arguments, access, id);
            default -> usageError(call, "cli.arguments");
        };
    }

    private int comeHome(
            Invocation call, Arguments arguments, OperatorAccess access, String systemId) {
        Optional<String> agent = arguments.option("agent");
        Optional<ReturnOrder.TargetDisk> disk = arguments.option("disk").flatMap(TargetDisks::read);
        if (agent.isEmpty() || disk.isEmpty() != arguments.option("disk").isEmpty()) {
            return usageError(call, "cli.arguments");
        }
        ReturnOrder order =
                new ReturnOrder(
                        systemId, agent.get(), disk.map(List::of).orElse(List.of()), "", Map.of());
        return ask(call, access, client -> Talk.follow(call, client, client.returnHome(order)));
    }

    private int journal(Invocation call, StandbyClient client, String systemId) {
        return Talk.tell(
                call,
                client.journal(systemId, 0, JOURNAL_LINES),
                (JournalExcerpt excerpt) -> {
                    excerpt.lines()
                            .forEach(
                                    line ->
                                            call.out()
                                                    .printf(
                                                            "%5d  %s  %-12s  %s%n",
                                                            line.number(),
                                                            Shown.instant(line.at(), call.locale()),
                                                            line.who(),
                                                            line.text()));
                    call.out()
                            .println(
                                    excerpt.broken()
                                            .map(it -> it.happened())
                                            .orElse(TEXTS.text(call.locale(), "journal.proved")));
                });
    }
}
