package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.engine.EnrolClient;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.StandbyConnector;
import org.standfest.results.Outcome;
import org.standfest.trust.EnrolmentCode;
import org.standfest.trust.Grant;
import org.standfest.trust.Identity;
import org.standfest.trust.TrustEvent;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Everything here goes over a real port with TLS; only the clocks are ours. */
@Timeout(120)
class TrustOverTlsTest {

    @TempDir private Path folder;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final InstantSource clock = now::get;
    private StandbyRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new StandbyRig(folder, clock);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private String newCode(Duration life) {
        return rig.authority.invite("web", Grant.agent(Set.of()), life).orThrow().code().text();
    }

    private String wrongCode(int number) {
        String right = newCode(Duration.ofHours(1)).replace("-", "");
        // Same authority, another secret: the checksum has to be made right for it to be sent.
        String secret = "%012d".formatted(number);
        return new EnrolmentCode(right.substring(0, 16), secret).text();
    }

    private Outcome<Identity> enrol(String code) {
        return new EnrolClient(
                        StandbyRig.CHANNELS, Locale.ENGLISH, "test", clock, StandbyRig.RANDOM)
                .enrol("127.0.0.1", rig.port, code, "web");
    }

    private static String problem(Outcome<?> outcome) {
        return outcome.problem().map(why -> why.code()).orElse("done");
    }

    private Outcome<Channel> connect(Identity identity, InstantSource at, Purpose purpose) {
        StandbyConnector connector =
                new StandbyConnector(
                        identity.clientContext(at, StandbyRig.RANDOM),
                        StandbyRig.CHANNELS,
                        Locale.ENGLISH,
                        "test");
        return connector.connect(identity.host(), identity.port(), purpose);
    }

    @Test
    void guessingCodesClosesEnrolmentForRightOnesToo() {
        for (int guess = 0; guess < 5; guess++) {
            assertEquals("trust.code-not-valid", problem(enrol(wrongCode(guess))));
        }
        String right = newCode(Duration.ofHours(1));
        assertEquals("trust.too-many-attempts", problem(enrol(right)));
        now.set(now.get().plus(Duration.ofMinutes(16)));
        assertTrue(enrol(right).isDone());
        assertEquals(
                6, rig.trustEvents.stream().filter(TrustEvent.WrongCode.class::isInstance).count());
    }

    @Test
    void aCodeLivesShortAndWorksOnce() {
        String late = newCode(Duration.ofMinutes(10));
        now.set(now.get().plus(Duration.ofMinutes(11)));
        assertEquals("trust.code-not-valid", problem(enrol(late)));
        String once = newCode(Duration.ofMinutes(10));
        assertTrue(enrol(once).isDone());
        assertEquals("trust.code-not-valid", problem(enrol(once)));
    }

    @Test
    void theAgentRenewsByItselfAndTheOldCertificateIsRefusedFromThenOn() throws Exception {
        rig.enrol("web");
        Path identity = rig.home("web").identity();
        Identity before = Identity.load(identity).orThrow();
        now.set(now.get().plus(Duration.ofDays(500)));
        assertTrue(before.dueForRenewal(now.get()));
        Thread.ofPlatform().start(() -> rig.agent(StandbyRig.QUICK, clock, "web", "run"));
        rig.await(
                () -> Identity.load(identity).orThrow().validUntil().isAfter(before.validUntil()));
        Identity renewed = Identity.load(identity).orThrow();
        assertEquals(before.id(), renewed.id());
        try (Channel first = connect(renewed, clock, Purpose.REPLICATE).orThrow()) {
            assertFalse(first.closed());
        }
        assertTrue(rig.trustEvents.stream().anyMatch(TrustEvent.Renewed.class::isInstance));
        assertEquals("trust.replaced", refusal(before));
        assertEquals("done", refusal(renewed));
    }

    /** The standby says no after the handshake, so the refusal is the first thing heard. */
    private String refusal(Identity identity) {
        return problem(connect(identity, clock, Purpose.REPLICATE));
    }

    @Test
    void revocationBreaksOpenLinesAtOnce() throws Exception {
        rig.enrol("web");
        Identity identity = Identity.load(rig.home("web").identity()).orThrow();
        Channel line = connect(identity, clock, Purpose.CONTROL).orThrow();
        Thread reading =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        line.receive();
                                    } catch (Exception _) {
                                        return;
                                    }
                                });
        rig.authority.revoke("web", "stolen").orThrow();
        rig.listener.disconnect("web");
        assertTrue(reading.join(Duration.ofSeconds(5)), "the open line ended");
        assertEquals("trust.revoked", problem(connect(identity, clock, Purpose.CONTROL)));
        assertEquals("trust.revoked", problem(connect(identity, clock, Purpose.RENEW)));
    }

    @Test
    void revocationEndsARunningSessionAndNothingOfItIsCommitted() throws Exception {
        SlowDisks slow = new SlowDisks();
        rig.providers.add(slow);
        rig.enrol("web");
        rig.done("web", "protect", "--system", "mail", "--disk", "d=slow:anything");
        AtomicInteger code = new AtomicInteger();
        Thread running =
                Thread.ofPlatform()
                        .start(() -> code.set(rig.agent("web", "run", "--system", "mail")));
        rig.await(() -> rig.pool.system("mail").isPresent());
        rig.authority.revoke("web", "stolen").orThrow();
        rig.listener.disconnect("web");
        slow.slow = false;
        running.join();
        assertNotEquals(0, code.get());
        assertTrue(rig.pool.system("mail").orElseThrow().newest().isEmpty());
        assertNotEquals(0, rig.agent("web", "run", "--system", "mail"));
        assertTrue(rig.pool.system("mail").orElseThrow().newest().isEmpty());
    }

    @Test
    void anAgentReachesOnlyItsOwnSystems() throws Exception {
        rig.enrol("web");
        rig.enrol("db");
        Path file = Files.write(folder.resolve("x.img"), new byte[100_000]);
        rig.done("web", "protect", "--system", "ledger", "--disk", "d=file:" + file);
        rig.done("web", "run", "--system", "ledger");
        rig.done("db", "protect", "--system", "ledger", "--disk", "d=file:" + file);
        rig.complained.reset();
        assertEquals(1, rig.agent("db", "run", "--system", "ledger", "--json"));
        assertTrue(rig.said.toString().contains("trust.foreign-system"), rig.said::toString);
    }

    @Test
    void clocksThatJumpLockNobodyOut() {
        rig.enrol("web");
        Identity identity = Identity.load(rig.home("web").identity()).orThrow();
        InstantSource withoutBattery = () -> Instant.EPOCH;
        assertEquals("done", problem(connect(identity, withoutBattery, Purpose.REPLICATE)));
        Instant end = identity.validUntil();
        now.set(end.plus(Duration.ofHours(23)));
        assertEquals("done", refusal(identity));
        now.set(end.plus(Duration.ofHours(25)));
        assertEquals("trust.expired", refusal(identity));
        now.set(Instant.EPOCH);
        assertEquals("done", refusal(identity));
    }

    @Test
    void aCloneOfAnAgentIsRefusedInWordsWhileTheFirstIsAtWork() throws Exception {
        rig.enrol("web");
        copy(rig.folder.resolve("web"), rig.folder.resolve("clone"));
        rig.resident("web");
        rig.await(() -> !rig.lines.agents().isEmpty());
        Path file = Files.write(folder.resolve("y.img"), new byte[100_000]);
        rig.done(
                "clone",
                "protect",
                "--system",
                "ledger",
                "--schedule",
                "every 1 s",
                "--disk",
                "d=file:" + file);
        rig.said.reset();
        rig.resident("clone");
        rig.await(() -> rig.said.toString().contains("uses the identity of web"));
        assertTrue(rig.lines.agent("web").orElseThrow().connected(), "the first stays");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(directory)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.copy(file, to.resolve(from.relativize(file)));
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
