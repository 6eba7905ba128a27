package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.OperatorAccess;
import org.standfest.management.PointInfo;

import java.util.Set;

/** {@code standfest points}: the recovery points of a system, newest first. */
@Component(service = Command.class)
public final class PointsCommand extends StandbyCommand {

    /** Called by the framework. */
    public PointsCommand() {
        super("points", Set.of(), Set.of());
    }

    @Override
    int run(Invocation call, Arguments arguments, OperatorAccess access) {
        if (arguments.words().size() != 1) {
            return usageError(call, "cli.arguments");
        }
        String id = arguments.words().getFirst();
        return ask(
                call,
                access,
                client ->
                        Talk.tell(
                                call,
                                client.points(id),
                                points -> points.forEach(point -> line(call, point))));
    }

    private static void line(Invocation call, PointInfo point) {
        call.out()
                .printf(
                        "%s  %s  %s%s%n",
                        point.id(),
                        Shown.instant(point.takenAt(), call.locale()),
                        Shown.bytes(point.sizeBytes(), call.locale()),
                        point.newest() ? "  " + TEXTS.text(call.locale(), "points.newest") : "");
    }
}
