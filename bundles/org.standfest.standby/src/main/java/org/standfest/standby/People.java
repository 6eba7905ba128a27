package org.standfest.standby;

import org.standfest.management.Invitation;
import org.standfest.management.Role;
import org.standfest.replication.protocol.Right;
import org.standfest.results.Outcome;
import org.standfest.standby.care.JsonFile;
import org.standfest.trust.Authority;
import org.standfest.trust.Grant;
import org.standfest.trust.KnownPeer;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Who may come to this standby: invitations, identities, revocations. Safe for any thread. */
final class People {

    private static final Duration INVITATION = Duration.ofHours(24);

    private final StandbyHome home;
    private final Authority authority;
    private final JournalFirst journal;
    private final Consumer<String> disconnect;
    private final JsonFile<Invitations> invitations;

    /**
     * Who has invited whom as an operator, as it is kept.
     *
     * @param all the oldest first
     */
    private record Invitations(List<Invited> all) {

        Invitations with(Invited one) {
            return new Invitations(Stream.concat(all.stream(), Stream.of(one)).distinct().toList());
        }
    }

    private record Invited(String name, String by) {}

    /** Writes an act down that must not happen otherwise. */
    @FunctionalInterface
    interface JournalFirst {
        Outcome<Void> write(String who, String systemId, String what, Map<String, String> details);
    }

    /**
     * @param disconnect breaks all lines of somebody
     */
    People(
            StandbyHome home,
            Authority authority,
            JournalFirst journal,
            Consumer<String> disconnect) {
        this.home = home;
        this.authority = authority;
        this.journal = journal;
        this.disconnect = disconnect;
        this.invitations =
                new JsonFile<>(home.folder().resolve("invited-by.json"), Invitations.class);
    }

    /** Writes a code for the first operator down, as long as there is none. */
    Outcome<Void> firstOperator() {
        boolean known =
                authority.peers().stream()
                        .anyMatch(
                                peer ->
                                        peer.grant().role() == org.standfest.trust.Role.OPERATOR
                                                && !peer.label().equals(LocalOperator.LABEL));
        if (known || Files.exists(home.firstOperatorCode())) {
            return Outcome.done();
        }
        return authority
                .invite("first", Grant.operator(Right.ADMINISTRATE), Duration.ofDays(7))
                .then(
                        invitation ->
                                PrivateFiles.write(
                                        home.firstOperatorCode(), invitation.code().text() + "\n"));
    }

    Outcome<Invitation> inviteAgent(String who, String name, List<String> systemIds) {
        return invite(who, name, Grant.agent(Set.copyOf(systemIds)));
    }

    Outcome<Invitation> inviteOperator(String who, String name, Role role) {
        return inviter(name, who)
                .then(_ -> invite(who, name, Grant.operator(Right.valueOf(role.name()))));
    }

    private synchronized Outcome<Void> inviter(String name, String who) {
        return kept().then(kept -> invitations.write(kept.with(new Invited(name, who))));
    }

    private Outcome<Invitations> kept() {
        return invitations.read(new Invitations(List.of()));
    }

    /**
     * Whether an operator counts as a second person beside one who asked for something: known
     * before, and not invited by the first one, nor by anybody whom that one has invited.
     *
     * @return done, or refused with what stands against it
     */
    synchronized Outcome<Void> independent(String operator, String asker, Instant asked) {
        boolean before =
                peers().stream()
                        .anyMatch(
                                peer ->
                                        peer.id().equals(operator)
                                                && !peer.enrolledAt().isAfter(asked));
        return kept().then(
                        kept ->
                                before && !inviters(operator, kept).contains(asker)
                                        ? Outcome.done()
                                        : Outcome.refused(
                                                StandbyTexts.explain(
                                                        "standby.near-release", operator, asker)));
    }

    private Set<String> inviters(String operator, Invitations kept) {
        Set<String> found = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(operator));
        while (!open.isEmpty()) {
            String id = open.remove();
            authority.peers().stream()
                    .filter(peer -> peer.id().equals(id))
                    .map(KnownPeer::label)
                    .flatMap(
                            label ->
                                    kept.all().stream()
                                            .filter(one -> one.name().equals(label))
                                            .map(Invited::by))
                    .filter(found::add)
                    .forEach(open::add);
        }
        return found;
    }

    private Outcome<Invitation> invite(String who, String name, Grant grant) {
        return journal.write(who, "", "invitation.asked", Map.of("name", name))
                .then(_ -> authority.invite(name, grant, INVITATION))
                .map(made -> new Invitation(made.code().text(), made.label(), made.validUntil()));
    }

    Outcome<Void> revoke(String who, String name) {
        return authority
                .revoke(name, "revoked by " + who)
                .then(
                        _ -> {
                            disconnect.accept(name);
                            return Outcome.done();
                        });
    }

    List<KnownPeer> peers() {
        return authority.peers().stream().filter(peer -> peer.revokedAt().isEmpty()).toList();
    }
}
