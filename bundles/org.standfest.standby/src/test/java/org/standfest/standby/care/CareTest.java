package org.standfest.standby.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.management.Alarm;
import org.standfest.management.CareCall;
import org.standfest.management.CarePolicy;
import org.standfest.management.CareRuling;
import org.standfest.management.OperationState;
import org.standfest.management.PointCare;
import org.standfest.management.PrunePlan;
import org.standfest.management.SystemCare;
import org.standfest.management.TaskStatus;
import org.standfest.replication.engine.AgentLines;
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
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

@Timeout(60)
class CareTest {

    private static final int BLOCKS = 8;
    private static final String ID = "ledger";

    @TempDir Path folder;
    private final Ticking clock = new Ticking();
    private final Random random = new Random(7);
    private final byte[] disk = new byte[BLOCKS * Blocks.SIZE];
    private final List<String> journal = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CourierTrust couriers =
            new CourierTrust() {
                @Override
                public Outcome<String> signer(byte[] statement, byte[] signature) {
                    return Arrays.equals(statement, signature)
                            ? Outcome.done("agent-1")
                            : Outcome.refused(CareTexts.explain("care.no-courier", "?"));
                }

                @Override
                public Outcome<Void> claim(String agentId, String systemId) {
                    return Outcome.done();
                }
            };
    private ImagePool pool;
    private Care care;
    private int sessions;
    private int ids;

    /** A clock that a test sets. */
    private static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-11-01T00:00:00Z");

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
    private static final class NoGroups implements GroupPool {
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

    private Care.Ports ports() {
        AgentLines lines = new AgentLines((agent, system) -> Outcome.done(), status -> {}, clock);
        return new Care.Ports(
                pool,
                folder.resolve("home"),
                lines,
                lines::ofSystem,
                List::of,
                clock,
                time -> clock.now = clock.now.plus(time),
                threads,
                () -> "id" + ids++,
                (who, systemId, what, details) -> {
                    journal.add(who + " " + what);
                    return Outcome.done();
                },
                UnsyncedFiles.files(),
                random,
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
        threads.close();
        pool.close();
    }

    private <T> T ask(CareCall<T> call) {
        return care.ask(call, "anna", Locale.ENGLISH).orThrow();
    }

    private void refused(CareCall<?> call, String code) {
        Outcome<?> outcome = care.ask(call, "anna", Locale.ENGLISH);
        assertInstanceOf(Outcome.Refused.class, outcome);
        assertEquals(code, outcome.problem().orElseThrow().code());
    }

    /** A session that changed some blocks, told to the care as the standby does. */
    private RecoveryPoint session(int changedBlocks, double incompressible) {
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

    private RecoveryPoint commit(String systemId, String key) {
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

    private List<Long> numbers() {
        return ask(new CareCall.PoolShow(ID)).points().stream().map(PointCare::number).toList();
    }

    private TaskStatus end(TaskStatus begun) {
        TaskStatus now = begun;
        while (!now.state().finished()) {
            LockSupport.parkNanos(5_000_000);
            now = ask(new CareCall.OneTask(begun.id()));
        }
        return now;
    }

    private static CarePolicy policy(String retention, long rpoMillis) {
        return new CarePolicy(retention, rpoMillis, 0, 0, "", "", 10, 0);
    }

    @Test
    void retentionIsAppliedAfterEveryCommitAndNeverToPinnedPoints() {
        session(1, 0.4);
        session(1, 0.4);
        ask(new CareCall.Pin(ID, 1, "before the update"));
        ask(new CareRuling.SetPolicy(ID, policy("last 2", 0)));
        assertEquals(List.of(2L, 1L), numbers(), "setting a rule removes nothing by itself");
        session(1, 0.4);
        session(1, 0.4);
        assertEquals(List.of(4L, 3L, 1L), numbers());
        assertTrue(journal.contains("standby prune.done"));
        PrunePlan plan = ask(new CareRuling.Prune(ID, "last 1", true));
        assertEquals(1, plan.going());
        assertEquals(List.of(4L, 3L, 1L), numbers(), "a dry run removes nothing");
        ask(new CareRuling.Unpin(ID, 1, "not needed"));
        assertEquals(2, ask(new CareRuling.Prune(ID, "last 1", false)).going());
        assertEquals(List.of(4L), numbers());
    }

    @Test
    void aLockedPointStaysWhateverIsAskedFor() {
        session(1, 0.4);
        session(1, 0.4);
        SystemCare locked = ask(new CareRuling.Lock(ID, 1, clock.now.plus(Duration.ofDays(7))));
        assertEquals(
                Optional.of(clock.now.plus(Duration.ofDays(7))),
                locked.points().getLast().lockedUntil());
        ask(new CareRuling.Prune(ID, "last 1", false));
        assertEquals(List.of(2L, 1L), numbers());
        ask(new CareRuling.Lock(ID, 1, clock.now.plus(Duration.ofDays(1))));
        assertEquals(
                Optional.of(clock.now.plus(Duration.ofDays(7))),
                ask(new CareCall.PoolShow(ID)).points().getLast().lockedUntil(),
                "a lock is never made shorter");
    }

    @Test
    void aJumpInChangesPinsTheLastGoodPointsAndStopsRetentionUntilAPersonAcknowledges() {
        ask(new CareRuling.SetPolicy(ID, policy("last 3", 0)));
        for (int i = 0; i < 12; i++) {
            session(1, 0.4);
        }
        assertEquals(List.of(12L, 11L, 10L), numbers());
        // Everything changes, nothing compresses: so looks encryption.
        session(8, 1.0);
        Alarm alarm = ask(new CareCall.Alarms(ID, false)).alarms().getFirst();
        assertEquals(Alarm.Kind.CHANGES, alarm.kind());
        assertFalse(alarm.finding().reason().happened().isBlank());
        session(1, 0.4);
        session(1, 0.4);
        assertEquals(List.of(15L, 14L, 13L, 12L, 11L, 10L), numbers(), "nothing is removed");
        SystemCare stopped = ask(new CareCall.PoolShow(ID));
        assertTrue(stopped.retentionStopped().isPresent());
        assertEquals(
                List.of(12L),
                stopped.points().stream()
                        .filter(PointCare::lastGood)
                        .map(PointCare::number)
                        .toList());
        assertTrue(stopped.points().get(3).pinned().isPresent(), "the last good one is pinned");
        refused(new CareRuling.Prune(ID, "last 1", false), "care.retention-stopped");
        refused(new CareRuling.Unpin(ID, 12, "I am in a hurry"), "care.retention-stopped");

        ask(new CareCall.Acknowledge(alarm.id(), "a new release was installed"));
        assertTrue(journal.contains("anna alarm.acknowledged"));
        session(1, 0.4);
        assertEquals(
                List.of(16L, 15L, 14L, 12L, 11L, 10L),
                numbers(),
                "retention works again; what the alarm pinned stays until a person takes the pin");
        ask(new CareRuling.Unpin(ID, 12, "not needed any more"));
        session(1, 0.4);
        assertFalse(numbers().contains(12L));
    }

    @Test
    void anOpenAlarmSurvivesARestartAndAnUnreadableBookIsNotWrittenOver() throws IOException {
        for (int i = 0; i < 12; i++) {
            session(1, 0.4);
        }
        session(8, 1.0);
        Care again = new Care(ports());
        again.open().orThrow();
        assertEquals(
                1,
                again.ask(new CareCall.Alarms(ID, false), "anna", Locale.GERMAN)
                        .orThrow()
                        .alarms()
                        .size());
        Path book = folder.resolve("home/alarms.json");
        Files.writeString(book, "{\"version\": 1, \"record\": [");
        assertInstanceOf(Outcome.Failed.class, new Care(ports()).open());
        assertTrue(Files.readString(book).endsWith("["));
    }

    @Test
    void aMissedObjectiveIsAnAlarmThatGoesByItself() {
        ask(new CareRuling.SetPolicy(ID, policy("all", Duration.ofHours(2).toMillis())));
        session(1, 0.4);
        assertEquals(List.of(), ask(new CareCall.Alarms(ID, false)).alarms());
        clock.now = clock.now.plus(Duration.ofHours(3));
        Thread watching = Thread.ofVirtual().start(this::watch);
        while (ask(new CareCall.Alarms(ID, false)).alarms().isEmpty()) {
            LockSupport.parkNanos(5_000_000);
        }
        watching.interrupt();
        Alarm alarm = ask(new CareCall.Alarms(ID, false)).alarms().getFirst();
        assertEquals(Alarm.Kind.RPO_MISSED, alarm.kind());
        session(1, 0.4);
        assertEquals(List.of(), ask(new CareCall.Alarms(ID, false)).alarms());
        assertEquals(
                Optional.of("standby"),
                ask(new CareCall.Alarms(ID, true)).alarms().getFirst().settledBy());
    }

    private void watch() {
        try {
            care.watch();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void verifyingTellsDamageAsFindingAndAlarm() throws Exception {
        session(4, 0.4);
        TaskStatus good = end(ask(new CareCall.Verify(ID)));
        assertEquals(OperationState.SUCCEEDED, good.state());
        assertEquals(List.of(), good.findings());
        assertTrue(ask(new CareCall.PoolShow(ID)).verifiedAt().isPresent());
        Path image = pool.newestImage(ID, "disk0").orThrow();
        byte[] bytes = Files.readAllBytes(image);
        bytes[100] ^= 1;
        Files.write(image, bytes);
        TaskStatus bad = end(ask(new CareCall.Verify(ID)));
        assertFalse(bad.findings().isEmpty());
        assertEquals(
                Alarm.Kind.DAMAGE, ask(new CareCall.Alarms("", false)).alarms().getFirst().kind());
    }

    @Test
    void pointsAreExportedOutsideOfTheHomeOrBelowItsExports() throws Exception {
        RecoveryPoint first = session(4, 0.4);
        byte[] then = disk.clone();
        session(4, 0.4);
        refused(
                new CareRuling.Export(ID, 0, folder.resolve("home/pool/x").toString(), ""),
                "care.export-folder");
        refused(new CareRuling.Export(ID, 0, "../x", ""), "care.export-folder");
        refused(new CareRuling.Export(ID, 99, "x", ""), "care.no-point");
        TaskStatus whole = end(ask(new CareRuling.Export(ID, first.number(), "first", "")));
        assertEquals(OperationState.SUCCEEDED, whole.state(), () -> whole.reason().toString());
        Path exported = folder.resolve("home/exports/first/disk0.img");
        assertEquals(-1, Arrays.mismatch(then, Files.readAllBytes(exported)));
        Path outside = folder.resolve("usb");
        TaskStatus volume = end(ask(new CareRuling.Export(ID, 0, outside.toString(), "disk0")));
        assertEquals(OperationState.SUCCEEDED, volume.state(), () -> volume.reason().toString());
        assertEquals(-1, Arrays.mismatch(disk, Files.readAllBytes(outside.resolve("disk0.img"))));
    }

    @Test
    void aScrubReadsEverythingAndKnowsWhenItIsDueAgain() throws Exception {
        session(4, 0.4);
        ask(new CareRuling.PlanScrub(48, 0));
        assertEquals(
                Optional.of(clock.now.plus(Duration.ofHours(48))),
                ask(new CareCall.Scrubs()).nextAt());
        clock.now = clock.now.plus(Duration.ofHours(5));
        TaskStatus scrubbed = end(ask(new CareCall.ScrubNow("")));
        assertEquals(
                OperationState.SUCCEEDED, scrubbed.state(), () -> scrubbed.reason().toString());
        assertEquals(
                Optional.of(clock.now.plus(Duration.ofHours(48))),
                ask(new CareCall.Scrubs()).nextAt());
    }

    @Test
    void aPolicyIsCheckedBeforeItIsKeptAndReachesThePool() {
        refused(new CareRuling.SetPolicy(ID, policy("none", 0)), "objectives.retention");
        CarePolicy wanted = new CarePolicy("daily 7", 0, 86_400_000, 1L << 40, "town", "", 20, 3);
        ask(new CareRuling.SetPolicy(ID, wanted));
        assertEquals("town", pool.rules(ID).orThrow().customer());
        assertEquals(1L << 40, pool.rules(ID).orThrow().quotaBytes());
        session(1, 0.4);
        assertTrue(
                ask(new CareCall.PoolShow(ID)).points().getFirst().lockedUntil().isPresent(),
                "new points are locked");
        Care again = new Care(ports());
        assertEquals(
                wanted,
                again.ask(new CareCall.PoolShow(ID), "anna", Locale.ENGLISH).orThrow().policy());
    }

    @Test
    void aForecastNeedsSessionsAndSaysWhatTheLineReaches() {
        refused(new CareCall.Forecast(ID), "care.no-sessions");
        for (int i = 0; i < 5; i++) {
            session(1, 0.4);
        }
        ask(new CareRuling.SetPolicy(ID, policy("all", 60_000)));
        var view = ask(new CareCall.Forecast(ID));
        assertEquals(5, view.sessions());
        assertTrue(view.verdict().isPresent(), "nothing is scheduled: no RPO can be promised");
        assertEquals(5, ask(new CareCall.Sessions(ID, 10)).sessions().size());
    }

    @Test
    void whatOnlyAnAgentCanDoIsRefusedWhileItIsAway() {
        session(1, 0.4);
        refused(new CareCall.Pause(ID, "the line is repaired"), "care.agent-away");
        refused(new CareRuling.SetSchedule(ID, "every 15 min"), "care.agent-away");
        refused(new CareRuling.SetSchedule(ID, "sometimes"), "objectives.schedule");
        refused(new CareCall.Compare(ID), "care.agent-away");
        ask(new CareRuling.DefineGroup("shop", List.of(ID)));
        TaskStatus group = end(ask(new CareCall.RunGroup("shop")));
        assertEquals(OperationState.REFUSED, group.state());
        assertEquals("care.agent-away", group.reason().orElseThrow().code());
    }

    @Test
    void aCourierDiskBringsAFirstCopyOnlyWithASignedSheetThatFits() throws Exception {
        Path courier = folder.resolve("courier");
        ImagePool own = pool;
        pool =
                new PoolOpener(UnsyncedFiles.files(), clock, random)
                        .open(courier.resolve("pool"), new PoolSettings(0))
                        .orThrow();
        pool.addSystem("mail", "Mail server").orThrow();
        random.nextBytes(disk);
        Arrays.fill(disk, 2 * Blocks.SIZE, 3 * Blocks.SIZE, (byte) 0);
        RecoveryPoint point = commit("mail", "courier");
        pool.close();
        pool = own;
        String sheet =
                "version=1\nagent=agent-1\nsystem=mail\npoint="
                        + point.id()
                        + "\nvolumes=disk0\nroots="
                        + point.volumes().getFirst().root()
                        + "\n";
        Files.writeString(courier.resolve("courier.properties"), sheet);
        Files.writeString(courier.resolve("courier.sig"), "forged");
        assertEquals(OperationState.REFUSED, imported(courier).state());
        Files.writeString(
                courier.resolve("courier.properties"), sheet.replace("roots=", "roots=0"));
        Files.writeString(courier.resolve("courier.sig"), sheet.replace("roots=", "roots=0"));
        assertEquals(OperationState.REFUSED, imported(courier).state());
        Files.writeString(courier.resolve("courier.properties"), sheet);
        Files.writeString(courier.resolve("courier.sig"), sheet);
        TaskStatus taken = imported(courier);
        assertEquals(OperationState.SUCCEEDED, taken.state(), () -> taken.reason().toString());
        assertEquals(
                -1,
                Arrays.mismatch(
                        disk, Files.readAllBytes(pool.newestImage("mail", "disk0").orThrow())));
        assertEquals(
                point.volumes().getFirst().root(),
                pool.system("mail")
                        .orElseThrow()
                        .newest()
                        .orElseThrow()
                        .volumes()
                        .getFirst()
                        .root());
        assertEquals(OperationState.REFUSED, imported(courier).state(), "a first copy only");
    }

    private TaskStatus imported(Path courier) {
        return end(ask(new CareRuling.Import(courier.toString())));
    }

    @Test
    void bothCatalogsHaveTheSameKeys() throws IOException {
        assertEquals(keys("messages.properties"), keys("messages_de.properties"));
    }

    private static Set<Object> keys(String file) throws IOException {
        Properties properties = new Properties();
        try (var in = Care.class.getResourceAsStream(file)) {
            properties.load(in);
        }
        return new TreeSet<>(properties.keySet());
    }
}
