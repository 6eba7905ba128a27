package org.standfest.standby;

import org.standfest.recovery.journal.Journal;
import org.standfest.trust.Role;
import org.standfest.trust.TrustEvent;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** Writes down who was invited, enrolled, turned away and revoked. */
final class TrustJournal implements Consumer<TrustEvent> {

    private final StandbyHome home;
    private final Journal journal;

    TrustJournal(StandbyHome home, Journal journal) {
        this.home = home;
        this.journal = journal;
    }

    @Override
    public void accept(TrustEvent event) {
        try {
            switch (event) {
                case TrustEvent.Invited(String label, var grant) ->
                        write("", "trust.invited", "name", label, "role", grant.role().text());
                case TrustEvent.Enrolled(var peer, String address) -> {
                    write("", "trust.enrolled", "name", peer.id(), "from", address);
                    if (peer.grant().role() == Role.OPERATOR
                            && !peer.label().equals(LocalOperator.LABEL)) {
                        PrivateFiles.remove(home.firstOperatorCode());
                    }
                }
                case TrustEvent.WrongCode(String address, boolean locked) ->
                        write("", "trust.wrong-code", "from", address, "locked", "" + locked);
                case TrustEvent.Revoked(String id, String reason) ->
                        write("", "trust.revoked", "name", id, "reason", reason);
                case TrustEvent.Renewed(String id, var until) ->
                        write("", "trust.renewed", "name", id, "until", until.toString());
                case TrustEvent.SystemAdded(String agent, String systemId) ->
                        journal.append(agent, systemId, "trust.system-added", Map.of());
            }
        } catch (IOException _) {
            // it has happened already; the next act that must be journaled first will be refused
            return;
        }
    }

    private void write(String systemId, String what, String... details) throws IOException {
        journal.append(
                "standby", systemId, what, Map.of(details[0], details[1], details[2], details[3]));
    }
}
