package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemStatus;
import org.standfest.management.VerificationPlan;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.List;

/**
 * {@code standfest settings}: what the standby is told about a system: tests of its service,
 * addresses, hardware, announcement, and when its image is proved to start.
 */
@Component(service = Command.class)
public final class SettingsCommand extends PartedCommand {

    /** Called by the framework. */
    public SettingsCommand() {
        super(
                "settings",
                List.of(
                        new Part("show", Form.PLAIN, 1, 1, SettingsCommand::show),
                        new Part("set", Form.PLAIN, 2, 2, SettingsCommand::set),
                        new Part("verify", Form.PLAIN, 2, 2, SettingsCommand::verify)));
    }

    private static int told(Invocation call, Outcome<SystemStatus> answer) {
        Outcome<String> text = answer.map(system -> SettingsFile.write(system.settings()));
        if (text instanceof Outcome.Done<String>(String json)) {
            call.out().println(json);
        }
        return call.report(text);
    }

    private static int show(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        return told(call, client.system(words.getFirst()));
    }

    private static int set(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        String id = words.getFirst();
        return told(
                call,
                client.system(id)
                        .then(system -> SettingsFile.read(Path.of(words.get(1)), system.settings()))
                        .then(settings -> client.configure(id, settings)));
    }

    private static int verify(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        VerificationPlan plan;
        try {
            plan = new VerificationPlan(words.get(1));
        } catch (IllegalArgumentException notOne) {
            return Talk.wrong(call, "settings.verify");
        }
        String id = words.getFirst();
        return told(
                call,
                client.system(id)
                        .then(system -> client.configure(id, system.settings().verified(plan))));
    }
}
