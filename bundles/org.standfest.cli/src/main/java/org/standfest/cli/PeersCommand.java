package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.CareCall;
import org.standfest.management.StandbyClient;

import java.util.List;

/** {@code standfest peers}: who has a certificate of the standby, and taking one away. */
@Component(service = Command.class)
public final class PeersCommand extends PartedCommand {

    /** Called by the framework. */
    public PeersCommand() {
        super(
                "peers",
                List.of(
                        new Part("ls", Form.PLAIN, 0, 0, PeersCommand::list),
                        new Part("revoke", Form.PLAIN, 1, 1, PeersCommand::revoke)));
    }

    private static int list(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        return Talk.tell(
                call, client.ask(new CareCall.Peers()), list -> CareShown.peers(call, list));
    }

    private static int revoke(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        String id = words.getFirst();
        return Talk.tell(
                call,
                client.revoke(id).map(_ -> new Revoked(id)),
                one -> call.out().println(Talk.text(call, "peers.revoked", one.revoked())));
    }

    /** What is said in JSON. */
    private record Revoked(String revoked) {}
}
