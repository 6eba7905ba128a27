package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.ReturnOrder;
import org.standfest.management.ReturnOrder.TargetDisk;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.results.Explanation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

class ReturnFitTest {

    private static final long GIB = 1L << 30;

    private static Optional<Explanation> problem(TargetDisk... disks) {
        ReturnOrder order = new ReturnOrder("ledger", "agent-2", List.of(disks), "", Map.of());
        return ReturnFit.problem(order, List.of(disk("disk0", 20), disk("disk1", 500)));
    }

    private static PooledVolume disk(String name, long size) {
        return new PooledVolume(
                name, VolumeKind.DISK, size * GIB, 0, BlockHash.ZERO, new TreeSet<>());
    }

    @Test
    void aDiskThatIsTooSmallIsRefusedWithTheNumbersBeforeAnythingIsErased() {
        Explanation why = problem(new TargetDisk("disk1", 400 * GIB, "")).orElseThrow();
        assertEquals("standby.disk-smaller", why.code());
        String words = why.inFull(Locale.GERMAN);
        for (String number : List.of("500 GiB", "400 GiB", "100 GiB")) {
            assertTrue(words.contains(number), words);
        }
    }

    @Test
    void whoeverTakesADiskOfTheSizeThatIsSaidHasEnough() {
        Explanation why = problem(new TargetDisk("disk0", 20 * GIB - 512, "")).orElseThrow();
        assertEquals(List.of("disk0", "20 GiB", "21474835968 B", "512 B"), why.arguments());
        assertEquals("20992 MiB", Amounts.exactly(20 * GIB + GIB / 2));
    }

    @Test
    void aDiskThatThereIsNotIsNamedWithThoseThatThereAre() {
        Explanation why = problem(new TargetDisk("sda", 500 * GIB, "")).orElseThrow();
        assertEquals("standby.no-volume", why.code());
        assertEquals(List.of("sda", "disk0, disk1"), why.arguments());
    }

    @Test
    void eachDiskIsJudgedByItself() {
        assertEquals(
                Optional.empty(),
                problem(new TargetDisk("disk0", 20 * GIB, "SCSI"), new TargetDisk("disk1", 0, "")));
    }
}
