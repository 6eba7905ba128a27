package org.standfest.standby.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.standfest.management.Alarm;
import org.standfest.management.CareCall;
import org.standfest.management.CareRuling;
import org.standfest.management.FindingInfo;
import org.standfest.management.OperationState;
import org.standfest.management.TaskStatus;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.manifest.Blocks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Long works on the pool. */
@Timeout(60)
class UpkeepCareTest extends CareRig {

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
    void theWholePoolIsVerifiedAndOneThatIsDamagedHidesNoOther() throws Exception {
        session(4, 0.4);
        pool.addSystem("empty", "Empty").orThrow();
        pool.addSystem("mail", "Mail").orThrow();
        commit("mail", "first");
        TaskStatus good = end(ask(new CareCall.Verify("")));
        assertEquals(OperationState.SUCCEEDED, good.state());
        assertEquals(List.of(), good.findings());
        assertEquals("2", good.facts().get("systems"));
        assertEquals("2", good.facts().get("points"));
        assertTrue(ask(new CareCall.PoolShow("mail")).verifiedAt().isPresent());
        Path image = pool.newestImage(ID, "disk0").orThrow();
        byte[] bytes = Files.readAllBytes(image);
        bytes[100] ^= 1;
        Files.write(image, bytes);
        Instant before = ask(new CareCall.PoolShow(ID)).verifiedAt().orElseThrow();
        clock.now = clock.now.plusSeconds(60);
        TaskStatus bad = end(ask(new CareCall.Verify("")));
        assertEquals(
                Set.of(ID),
                bad.findings().stream().map(FindingInfo::elementId).collect(Collectors.toSet()));
        assertEquals("2", bad.facts().get("systems"));
        assertEquals(before, ask(new CareCall.PoolShow(ID)).verifiedAt().orElseThrow());
        assertEquals(clock.now, ask(new CareCall.PoolShow("mail")).verifiedAt().orElseThrow());
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

    private void rot(Path file, int position) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[position] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void aRepairMendsSheetsAndSaysWhatOnlyTheAgentCanBring() throws Exception {
        session(4, 0.4);
        session(1, 0.4);
        Path system = folder.resolve("home/pool/systems").resolve(ID);
        Files.writeString(system.resolve("points/00000001.properties"), "rot");
        TaskStatus sheets = end(ask(new CareRuling.Repair(ID)));
        assertEquals(OperationState.SUCCEEDED, sheets.state(), () -> sheets.reason().toString());
        assertEquals(List.of(), sheets.findings());
        assertEquals("1", sheets.facts().get("mended"));
        assertEquals(List.of(2L, 1L), numbers(), "no point is given up");

        rot(pool.newestImage(ID, "disk0").orThrow(), 3 * Blocks.SIZE + 1);
        TaskStatus content = end(ask(new CareRuling.Repair(ID)));
        assertEquals("1", content.facts().get("wantedBlocks"));
        assertEquals("care.agent-away", content.findings().getLast().reason().code());
        assertEquals(List.of(2L, 1L), numbers());
        // the right content comes again, as the agent brings it
        rot(pool.newestImage(ID, "disk0").orThrow(), 3 * Blocks.SIZE + 1);
        TaskStatus after = end(ask(new CareRuling.Repair(ID)));
        assertEquals("0", after.facts().get("wantedBlocks"));
        assertEquals(List.of(), after.findings());
    }

    @Test
    void whatAnOlderPointHasLostForEverIsNamedAndAPersonMayDropIt() throws Exception {
        session(4, 0.4);
        session(4, 0.4);
        session(4, 0.4);
        Path older = folder.resolve("home/pool/systems").resolve(ID).resolve("older/00000001");
        Path delta = older.resolve("disk0.disk");
        Path kept = Files.exists(delta) ? delta : older.resolve("disk0.img");
        rot(kept, Files.exists(delta) ? (int) Files.size(delta) - 1 : 7);
        TaskStatus task = end(ask(new CareRuling.Repair(ID)));
        var reason = task.findings().getFirst().reason();
        assertEquals("care.points-lost", reason.code());
        assertTrue(reason.next().contains("\"last 2\""), reason.next());
        assertEquals(List.of(3L, 2L, 1L), numbers(), "nothing goes without a person's word");
        ask(new CareRuling.Prune(ID, "last 2", false));
        assertEquals(List.of(3L, 2L), numbers());
        assertEquals(List.of(), end(ask(new CareRuling.Repair(ID))).findings());
    }
}
