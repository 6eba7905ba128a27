package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.management.AlarmList;
import org.standfest.management.CareCall;
import org.standfest.management.StandbyClient;
import org.standfest.results.Outcome;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code standfest alarms}: what a person must know, and a person's answer. */
@Component(service = Command.class)
public final class AlarmsCommand extends PartedCommand {

    /** Called by the framework. */
    public AlarmsCommand() {
        super(
                "alarms",
                List.of(
                        new Part(
                                "ls", new Form(Set.of(), Set.of("all")), 0, 1, AlarmsCommand::list),
                        new Part(
                                "acknowledge",
                                new Form(Set.of("reason"), Set.of()),
                                1,
                                1,
                                AlarmsCommand::acknowledge)));
    }

    /** Open alarms are a finding. */
    private static int list(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        String system = words.isEmpty() ? "" : words.getFirst();
        Outcome<AlarmList> answer = client.ask(new CareCall.Alarms(system, options.has("all")));
        int code = Talk.tell(call, answer, list -> CareShown.alarms(call, list));
        boolean open =
                answer.result()
                        .filter(
                                list ->
                                        list.alarms().stream()
                                                .anyMatch(one -> one.settledAt().isEmpty()))
                        .isPresent();
        return open ? ExitCode.REFUSED : code;
    }

    private static int acknowledge(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        Optional<String> reason = options.option("reason").filter(one -> !one.isBlank());
        if (reason.isEmpty()) {
            return Talk.wrong(call, "alarms.acknowledge");
        }
        return Talk.tell(
                call,
                client.ask(new CareCall.Acknowledge(words.getFirst(), reason.get())),
                alarm -> call.out().println(Talk.text(call, "alarms.acknowledged", alarm.id())));
    }
}
