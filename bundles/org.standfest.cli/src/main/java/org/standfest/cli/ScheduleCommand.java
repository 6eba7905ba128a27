package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.Action;
import org.standfest.management.CareCall;
import org.standfest.management.CareRuling;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemCare;
import org.standfest.results.Outcome;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code standfest schedule}: when an agent replicates by itself. */
@Component(service = Command.class)
public final class ScheduleCommand extends PartedCommand {

    /** Called by the framework. */
    public ScheduleCommand() {
        super(
                "schedule",
                List.of(
                        new Part("show", Form.PLAIN, 1, 1, ScheduleCommand::show),
                        new Part("set", Form.PLAIN, 2, 2, ScheduleCommand::set),
                        new Part(
                                "pause",
                                new Form(Set.of("reason"), Set.of()),
                                1,
                                1,
                                ScheduleCommand::pause),
                        new Part("resume", Form.PLAIN, 1, 1, ScheduleCommand::resume),
                        new Part("run", Form.PLAIN, 1, 1, ScheduleCommand::run),
                        new Part("cancel", Form.PLAIN, 1, 1, ScheduleCommand::cancel)));
    }

    private static int told(Invocation call, Outcome<SystemCare> answer) {
        return Talk.tell(call, answer, care -> CareShown.schedule(call, care));
    }

    private static int show(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        return told(call, client.ask(new CareCall.PoolShow(words.getFirst())));
    }

    private static int set(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        return told(call, client.ask(new CareRuling.SetSchedule(words.getFirst(), words.get(1))));
    }

    private static int pause(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        Optional<String> reason = options.option("reason").filter(one -> !one.isBlank());
        return reason.isEmpty()
                ? Talk.wrong(call, "schedule.pause")
                : told(call, client.ask(new CareCall.Pause(words.getFirst(), reason.get())));
    }

    private static int resume(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        return told(call, client.ask(new CareCall.Resume(words.getFirst())));
    }

    private static int run(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        return Talk.follow(call, client, client.begin(words.getFirst(), Action.REPLICATE));
    }

    /** Whatever the system's own operation is: a session that somebody asked for. */
    private static int cancel(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        return Talk.tell(
                call,
                client.ask(new CareCall.CancelRun(words.getFirst())),
                care -> call.out().println(Talk.text(call, "pool.cancel-asked")));
    }
}
