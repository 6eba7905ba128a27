package org.standfest.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Right;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class AuthorityTest {

    @TempDir private Path home;
    private final SecureRandom random = new SecureRandom();
    private final List<TrustEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T05:00:00Z");
    private Authority authority;

    @BeforeEach
    void open() {
        authority = Authority.open(home, () -> now, random, events::add).orThrow();
    }

    private Issued enrol(Grant grant) {
        Invitation invitation = authority.invite("web 01", grant, Duration.ofHours(1)).orThrow();
        return authority.enrol(invitation.code().secret(), request(), "10.0.0.1:5").orThrow();
    }

    private byte[] request() {
        return Certificates.request(Certificates.newKeyPair(random));
    }

    private static String problem(Outcome<?> outcome) {
        return outcome.problem().orElseThrow().code();
    }

    @Test
    void keepsKeysAndFingerprintOverARestart() throws IOException {
        Authority again = Authority.open(home, () -> now, random, events::add).orThrow();
        assertEquals(authority.fingerprint(), again.fingerprint());
        assertEquals(authority.standbyId(), again.standbyId());
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
    }

    @Test
    void admitsWhatItIssuedWithItsGrant() {
        Issued issued = enrol(Grant.agent(Set.of("ledger")));
        Peer peer = authority.admit(List.of(issued.certificate())).orThrow();
        assertEquals(new Peer.Agent(issued.peer().id(), Set.of("ledger"), false), peer);
        Issued operator = enrol(Grant.operator(Right.ACTIVATE));
        assertEquals(
                new Peer.Operator(operator.peer().id(), Right.ACTIVATE),
                authority.admit(List.of(operator.certificate())).orThrow());
        assertInstanceOf(Peer.Anonymous.class, authority.admit(List.of()).orThrow());
    }

    @Test
    void takesACodeOnlyOnce() {
        Invitation invitation =
                authority.invite("a", Grant.agent(Set.of()), Duration.ofHours(1)).orThrow();
        assertTrue(authority.enrol(invitation.code().secret(), request(), "1.1.1.1:1").isDone());
        assertEquals(
                "trust.code-not-valid",
                problem(authority.enrol(invitation.code().secret(), request(), "1.1.1.1:1")));
    }

    @Test
    void refusesAnExpiredCode() {
        Invitation invitation =
                authority.invite("a", Grant.agent(Set.of()), Duration.ofMinutes(10)).orThrow();
        now = now.plus(Duration.ofMinutes(11));
        assertEquals(
                "trust.code-not-valid",
                problem(authority.enrol(invitation.code().secret(), request(), "1.1.1.1:1")));
    }

    @Test
    void closesTheDoorAfterFiveWrongCodesFromOneAddress() {
        Invitation invitation =
                authority.invite("a", Grant.agent(Set.of()), Duration.ofDays(1)).orThrow();
        for (int i = 0; i < Attempts.PER_ADDRESS; i++) {
            assertEquals(
                    "trust.code-not-valid",
                    problem(authority.enrol("WRONG" + i, request(), "9.9.9.9:" + i)));
        }
        assertEquals(
                "trust.too-many-attempts",
                problem(authority.enrol(invitation.code().secret(), request(), "9.9.9.9:77")));
        assertTrue(events.contains(new TrustEvent.WrongCode("9.9.9.9:77", true)));
        now = now.plus(Attempts.WINDOW).plusSeconds(1);
        assertTrue(authority.enrol(invitation.code().secret(), request(), "9.9.9.9:78").isDone());
    }

    @Test
    void closesTheDoorForAllAfterSixtyWrongCodes() {
        Invitation invitation =
                authority.invite("a", Grant.agent(Set.of()), Duration.ofDays(1)).orThrow();
        for (int i = 0; i < Attempts.TOGETHER; i++) {
            authority.enrol("WRONG", request(), "10.0." + i + ".1:1");
        }
        assertEquals(
                "trust.too-many-attempts",
                problem(authority.enrol(invitation.code().secret(), request(), "8.8.8.8:1")));
    }

    @Test
    void usesACodeUpEvenWhenTheRequestIsRubbish() {
        Invitation invitation =
                authority.invite("a", Grant.agent(Set.of()), Duration.ofHours(1)).orThrow();
        assertEquals(
                "trust.request-wrong",
                problem(
                        authority.enrol(
                                invitation.code().secret(), new byte[] {1, 2, 3}, "1.1.1.1:1")));
        assertEquals(
                "trust.code-not-valid",
                problem(authority.enrol(invitation.code().secret(), request(), "1.1.1.1:1")));
    }

    @Test
    void refusesTheRevokedTheExpiredAndTheUnknown() throws IOException {
        Issued issued = enrol(Grant.agent(Set.of("ledger")));
        X509Certificate certificate = issued.certificate();
        Path elsewhere = Files.createTempDirectory(home, "other");
        Authority other = Authority.open(elsewhere, () -> now, random, events::add).orThrow();
        assertEquals("trust.unknown-identity", problem(other.admit(List.of(certificate))));
        now = now.plus(Duration.ofDays(3 * 365));
        assertEquals("trust.expired", problem(authority.admit(List.of(certificate))));
        assertTrue(authority.revoke(issued.peer().id(), "lost").isDone());
        assertEquals("trust.revoked", problem(authority.admit(List.of(certificate))));
    }

    @Test
    void letsAnAgentClaimOnlyWhatNobodyOwns() {
        String first = enrol(Grant.agent(Set.of())).peer().id();
        String second = enrol(Grant.agent(Set.of())).peer().id();
        String invited = enrol(Grant.agent(Set.of("ledger"))).peer().id();
        assertTrue(authority.claim(invited, "ledger").isDone());
        assertEquals("trust.foreign-system", problem(authority.claim(first, "ledger")));
        assertTrue(authority.claim(first, "files").isDone());
        assertTrue(authority.claim(first, "files").isDone());
        assertEquals("trust.foreign-system", problem(authority.claim(second, "files")));
        assertEquals("trust.foreign-system", problem(authority.claim(invited, "mail")));
        assertEquals("trust.unknown-identity", problem(authority.claim("agent-none", "mail")));
    }

    @Test
    void doesNotLetLabelsEscapeIntoPaths() {
        Invitation invitation =
                authority
                        .invite("../../etc/x", Grant.agent(Set.of()), Duration.ofHours(1))
                        .orThrow();
        Issued issued =
                authority.enrol(invitation.code().secret(), request(), "1.1.1.1:1").orThrow();
        assertFalse(issued.peer().id().contains("/"));
        assertFalse(issued.peer().id().contains(".."));
    }
}
