package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.Invitation;
import org.standfest.management.OperatorAccess;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.results.Outcome;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code standfest invite}: a one-time code for an agent or an operator. */
@Component(service = Command.class)
public final class InviteCommand extends StandbyCommand {

    private static final Set<String> ROLES = Set.of("see", "activate", "administrate");

    /** Called by the framework. */
    public InviteCommand() {
        super("invite", Set.of("role"), Set.of());
    }

    @Override
    int run(Invocation call, Arguments arguments, OperatorAccess access) {
        List<String> words = arguments.words();
        String role = arguments.option("role").orElse("activate");
        if (words.size() != 2
                || !Set.of("agent", "operator").contains(words.getFirst())
                || !ROLES.contains(role)) {
            return usageError(call, "cli.arguments");
        }
        return ask(
                call,
                access,
                client ->
                        Talk.tell(
                                call,
                                invite(client, words.getFirst(), words.get(1), role),
                                invitation ->
                                        call.out()
                                                .println(
                                                        TEXTS.text(
                                                                call.locale(),
                                                                "invite.done",
                                                                invitation.name(),
                                                                invitation.code(),
                                                                Shown.instant(
                                                                        invitation.validUntil(),
                                                                        call.locale())))));
    }

    private static Outcome<Invitation> invite(
            StandbyClient client, String kind, String name, String role) {
        return kind.equals("agent")
                ? client.inviteAgent(name)
                : client.inviteOperator(name, Role.valueOf(role.toUpperCase(Locale.ROOT)));
    }
}
