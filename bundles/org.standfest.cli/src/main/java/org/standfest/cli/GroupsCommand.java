package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.CareCall;
import org.standfest.management.CareRuling;
import org.standfest.management.GroupList;
import org.standfest.management.StandbyClient;
import org.standfest.results.Outcome;

import java.util.List;
import java.util.Set;

/** {@code standfest groups}: systems whose recovery points have one timestamp. */
@Component(service = Command.class)
public final class GroupsCommand extends PartedCommand {

    private static final int MEMBERS = 64;

    /** Called by the framework. */
    public GroupsCommand() {
        super(
                "groups",
                List.of(
                        new Part("ls", Form.PLAIN, 0, 0, GroupsCommand::list),
                        new Part(
                                "define",
                                new Form(Set.of("schedule"), Set.of()),
                                2,
                                MEMBERS + 1,
                                GroupsCommand::define),
                        new Part("remove", Form.PLAIN, 1, 1, GroupsCommand::remove),
                        new Part("run", Form.PLAIN, 1, 1, GroupsCommand::run)));
    }

    private static int told(Invocation call, Outcome<GroupList> answer) {
        return Talk.tell(call, answer, list -> CareShown.groups(call, list));
    }

    private static int list(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        return told(call, client.ask(new CareCall.Groups()));
    }

    private static int define(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        return told(
                call,
                client.ask(
                        new CareRuling.DefineGroup(
                                words.getFirst(),
                                words.subList(1, words.size()),
                                options.option("schedule").orElse(""))));
    }

    private static int remove(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        return told(call, client.ask(new CareRuling.RemoveGroup(words.getFirst())));
    }

    private static int run(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        return Talk.followTask(call, client, client.ask(new CareCall.RunGroup(words.getFirst())));
    }
}
