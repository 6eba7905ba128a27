package org.standfest.standby.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.management.CareCall;
import org.standfest.management.CarePolicy;
import org.standfest.management.PointCare;
import org.standfest.management.TaskStatus;
import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.engine.Direction;
import org.standfest.replication.engine.SessionInfo;
import org.standfest.replication.engine.SessionReport;
import org.standfest.replication.engine.groups.GroupCoordinator;
import org.standfest.replication.engine.groups.GroupPool;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message.AgentReport;
import org.standfest.replication.protocol.Message.SystemReport;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.results.Outcome;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The care of a standby over a real pool, with a clock that tests set; no threads. */
abstract class CareRig {

    static final int BLOCKS = 8;
    static final String ID = "ledger";

    @TempDir Path folder;
    final Ticking clock = new Ticking();
    final Random random = new Random(7);
    final byte[] disk = new byte[BLOCKS * Blocks.SIZE];
    final List<String> journal = new ArrayList<>();
    final Map<String, AgentStatus> agents = new HashMap<>();
    final AgentLines lines = new AgentLines((agent, system) -> Outcome.done(), status -> {}, clock);
    int ticks = -1;
    final CourierTrust couriers =
            new CourierTrust() {
                @Override
                public Outcome<String> signer(byte[] statement, byte[] signature) {
                    return Arrays.equals(statement, signature)
                            ? Outcome.done("agent-1")
                            : Outcome.refused(CareTexts.explain("care.no-courier", "?"));
                }

                @Override
                public Outcome<byte[]> key(byte[] forStandby) {
                    return Outcome.done(forStandby);
                }

                @Override
                public Outcome<Void> claim(String agentId, String systemId) {
                    return Outcome.done();
                }
            };
    ImagePool pool;
    Care care;
    int sessions;
    int ids;

    /** A clock that a test sets. */
    static final class Ticking extends Clock {
        Instant now = Instant.parse("2026-11-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** A pool that never has to decide. */
    static final class NoGroups implements GroupPool {
        @Override
        public Outcome<List<RecoveryPoint>> commit(String runId, List<IncomingPoint> prepared) {
            throw new AssertionError(runId);
        }

        @Override
        public boolean committed(String runId, String systemId) {
            return false;
        }
    }

    @BeforeEach
    void open() {
        pool =
                new PoolOpener(UnsyncedFiles.files(), clock, random)
                        .open(folder.resolve("home/pool"), new PoolSettings(0))
                        .orThrow();
        care = new Care(ports());
        care.open().orThrow();
        pool.addSystem(ID, "Ledger").orThrow();
    }

    Care.Ports ports() {
        return new Care.Ports(
                pool,
                folder.resolve("home"),
                lines,
                id -> Optional.ofNullable(agents.get(id)),
                List::of,
                clock,
                this::sleep,
                // A long work is over when it was asked for.
                Runnable::run,
                () -> "id" + ids++,
                (who, systemId, what, details) -> {
                    journal.add(who + " " + what);
                    return Outcome.done();
                },
                couriers,
                new GroupCoordinator(
                        (agent, order) -> Outcome.done(),
                        new NoGroups(),
                        clock,
                        Thread.ofVirtual().factory(),
                        () -> "g-" + ids++));
    }

    @AfterEach
    void close() throws InterruptedException {
        care.stop(Duration.ofSeconds(10));
        pool.close();
    }

    <T> T ask(CareCall<T> call) {
        return care.ask(call, "anna", Locale.ENGLISH).orThrow();
    }

    void refused(CareCall<?> call, String code) {
        Outcome<?> outcome = care.ask(call, "anna", Locale.ENGLISH);
        assertInstanceOf(Outcome.Refused.class, outcome);
        assertEquals(code, outcome.problem().orElseThrow().code());
    }

    /** A session that changed some blocks, told to the care as the standby does. */
    RecoveryPoint session(int changedBlocks, double incompressible) {
        clock.now = clock.now.plus(Duration.ofHours(1));
        sessions++;
        for (int block = 0; block < changedBlocks; block++) {
            byte[] content = new byte[Blocks.SIZE];
            random.nextBytes(content);
            System.arraycopy(content, 0, disk, block * Blocks.SIZE, content.length);
        }
        RecoveryPoint point = commit(ID, "session-" + sessions);
        long bytes = 100_000_000L * changedBlocks;
        care.ended(
                new SessionReport(
                        new SessionInfo(
                                "session-" + sessions,
                                ID,
                                "agent",
                                Direction.REPLICATE,
                                clock.now.minusSeconds(20)),
                        Outcome.done(point.id()),
                        Map.of(
                                FactNames.BYTES_CHANGED,
                                Long.toString(bytes),
                                FactNames.BYTES_ON_WIRE,
                                Long.toString((long) (bytes * incompressible)))));
        return point;
    }

    RecoveryPoint commit(String systemId, String key) {
        Optional<String> basis =
                pool.points(systemId).orThrow().stream().findFirst().map(RecoveryPoint::id);
        IncomingPoint point =
                pool.begin(
                                new PointRequest(
                                        systemId,
                                        key,
                                        1,
                                        clock.now,
                                        basis,
                                        List.of(
                                                new PointRequest.Volume(
                                                        "disk0", VolumeKind.DISK, disk.length)),
                                        Map.of()))
                        .orThrow();
        DiskManifest.Editor manifest = DiskManifest.zero(disk.length).edit();
        BlockHasher hasher = new BlockHasher();
        for (int block = 0; block < BLOCKS; block++) {
            ByteBuffer content = ByteBuffer.wrap(disk, block * Blocks.SIZE, Blocks.SIZE).slice();
            BlockHash hash = hasher.hash(content);
            manifest.set(block, hash);
            if (!hash.isZero()) {
                point.putBlock("disk0", block, hash, content).orThrow();
            }
        }
        return point.commit(Map.of("disk0", manifest.build().root()), Progress.NONE).orThrow();
    }

    List<Long> numbers() {
        return ask(new CareCall.PoolShow(ID)).points().stream().map(PointCare::number).toList();
    }

    private void sleep(Duration time) throws InterruptedException {
        if (ticks-- == 0) {
            throw new InterruptedException();
        }
        clock.now = clock.now.plus(time);
    }

    /** A report of the agent that protects the system. */
    void report(Map<String, String> facts) {
        AgentStatus status =
                new AgentStatus(
                        "agent",
                        true,
                        clock.now,
                        new AgentReport(
                                "townhall",
                                "test",
                                List.of(),
                                List.of(
                                        new SystemReport(
                                                ID, "Ledger", List.of(), 0, "", "", facts))));
        agents.put(ID, status);
        care.reported(status);
    }

    /** Lets the standby look after everything for some seconds of its clock. */
    void watchFor(int seconds) {
        ticks = seconds;
        assertThrows(InterruptedException.class, care::watch);
    }

    TaskStatus end(TaskStatus begun) {
        TaskStatus now = ask(new CareCall.OneTask(begun.id()));
        assertTrue(now.state().finished());
        DocumentedFacts.check(now);
        return now;
    }

    static CarePolicy policy(String retention, long rpoMillis) {
        return new CarePolicy(retention, rpoMillis, 0, 0, "", "", 10, 0);
    }
}
