package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.OperatorAccess;
import org.standfest.management.SystemStatus;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code standfest systems}: the protected systems of a standby, or one of them in full. */
@Component(service = Command.class)
public final class SystemsCommand extends StandbyCommand {

    /** Called by the framework. */
    public SystemsCommand() {
        super("systems", Set.of(), Set.of());
    }

    @Override
    int run(Invocation call, Arguments arguments, OperatorAccess access) {
        if (arguments.words().size() > 1) {
            return usageError(call, "cli.arguments");
        }
        if (arguments.words().isEmpty()) {
            return ask(
                    call,
                    access,
                    client -> Talk.tell(call, client.systems(), all -> list(call, all)));
        }
        String id = arguments.words().getFirst();
        return ask(
                call, access, client -> Talk.tell(call, client.system(id), one -> show(call, one)));
    }

    private static void list(Invocation call, List<SystemStatus> all) {
        Locale locale = call.locale();
        if (all.isEmpty()) {
            call.out().println(TEXTS.text(locale, "systems.none"));
            return;
        }
        int width = all.stream().mapToInt(it -> it.id().length()).max().orElse(0);
        for (SystemStatus system : all) {
            call.out()
                    .printf(
                            "%-" + width + "s  %-20s  %s%n",
                            system.id(),
                            system.state().text(locale),
                            lastPoint(system, locale));
        }
    }

    private static void show(Invocation call, SystemStatus system) {
        Locale locale = call.locale();
        call.out().printf("%s (%s)%n", system.name(), system.id());
        call.out().printf("  %s%n", system.state().text(locale));
        call.out().printf("  %s%n", system.state().description(locale));
        system.reason().ifPresent(it -> call.out().printf("  %s%n", it.happened()));
        call.out().printf("  %s%n", lastPoint(system, locale));
        system.actions().stream()
                .filter(it -> it.possible())
                .forEach(
                        it ->
                                call.out()
                                        .printf(
                                                "  %s%n",
                                                TEXTS.text(
                                                        locale,
                                                        "systems.may",
                                                        it.action().text(locale))));
    }

    private static String lastPoint(SystemStatus system, Locale locale) {
        return system.lastPoint()
                .map(
                        point ->
                                TEXTS.text(
                                        locale,
                                        "systems.point",
                                        Shown.duration(
                                                Duration.ofMillis(system.ageMillis()), locale),
                                        Shown.instant(point.takenAt(), locale)))
                .orElse(TEXTS.text(locale, "systems.no-point"));
    }
}
