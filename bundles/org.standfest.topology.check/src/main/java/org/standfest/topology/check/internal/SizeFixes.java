package org.standfest.topology.check.internal;

import org.standfest.topology.Disk;
import org.standfest.topology.Hardware;
import org.standfest.topology.Host;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Machine;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.Site;
import org.standfest.topology.Storage;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/** What is too small is planned larger; plugs go into feeds of their own site. */
public final class SizeFixes extends KnownFixes {

    /** All of them. */
    public SizeFixes() {
        super(
                "size",
                Map.ofEntries(
                        Map.entry("size.disk", SizeFixes::disk),
                        Map.entry("size.storage", SizeFixes::storage),
                        Map.entry("size.storage-promised", SizeFixes::storage),
                        Map.entry("size.mirror", SizeFixes::mirror),
                        Map.entry("host.reserved", SizeFixes::memory),
                        Map.entry("host.memory", SizeFixes::memory),
                        Map.entry("pool.disk", SizeFixes::pool),
                        Map.entry("pool.disk-next-year", SizeFixes::pool),
                        Map.entry("power.other-site", SizeFixes::unplug),
                        Map.entry("power.single", SizeFixes::plug),
                        Map.entry("power.overload", SizeFixes::feed)));
    }

    private static void enlarge(Case it, Object what, IntConsumer change, int size, String unit) {
        it.propose("enlarge", () -> change.accept(size), what, size, unit);
    }

    private static void disk(Case it) {
        it.about(Disk.class)
                .ifPresent(disk -> enlarge(it, disk, disk::setSizeGiB, disk.getUsedGiB(), "GiB"));
    }

    private static void storage(Case it) {
        Storage storage = it.about(Storage.class).orElseThrow();
        int promised =
                new Facts(it.topology())
                        .all(Disk.class).stream()
                                .filter(disk -> disk.getStorage() == storage)
                                .mapToInt(disk -> Math.max(disk.getSizeGiB(), disk.getUsedGiB()))
                                .sum();
        enlarge(it, storage, storage::setCapacityGiB, promised, "GiB");
    }

    private static void mirror(Case it) {
        Storage storage = it.about(Storage.class).orElseThrow();
        Storage other = storage.getMirroredWith();
        enlarge(it, other, other::setCapacityGiB, storage.getCapacityGiB(), "GiB");
    }

    private static void memory(Case it) {
        Host host = it.about(Host.class).orElseThrow();
        long guests = Demand.of(Facts.real(host.getVirtualMachines())).memoryMiB();
        int size = Math.toIntExact(host.getReservedMemoryMiB() + guests);
        enlarge(it, host, host::setMemoryMiB, size, "MiB");
    }

    private static void pool(Case it) {
        ImagePool pool = it.about(ImagePool.class).orElseThrow();
        double growth = Math.max(0, it.topology().getAnnualGrowthPercent());
        boolean nextYear = it.number(1).isPresent() && it.told(3).isEmpty();
        if (it.number(1).isPresent()) {
            int needed = it.number(1).getAsInt();
            int size = nextYear ? needed : (int) Math.ceil(needed * (1 + growth / 100));
            enlarge(it, pool, pool::setCapacityGiB, size, "GiB");
        }
    }

    private static void feed(Case it) {
        PowerFeed feed = it.about(PowerFeed.class).orElseThrow();
        it.number(1).ifPresent(size -> enlarge(it, feed, feed::setCapacityWatts, size, "W"));
    }

    private static void unplug(Case it) {
        Machine machine = it.about(Machine.class).orElseThrow();
        Site here = Facts.site(machine);
        Hardware hardware = (Hardware) machine;
        List<PowerFeed> strange =
                Facts.real(hardware.getPowerFeeds()).stream()
                        .filter(feed -> feed.getSite() != here)
                        .toList();
        it.propose(
                "unplug", () -> hardware.getPowerFeeds().removeAll(Set.copyOf(strange)), machine);
    }

    private static void plug(Case it) {
        Machine machine = it.about(Machine.class).orElseThrow();
        Site here = Facts.site(machine);
        List<PowerFeed> plugged = ((Hardware) machine).getPowerFeeds();
        if (here != null) {
            here.getPowerFeeds().stream()
                    .filter(feed -> !plugged.contains(feed))
                    .forEach(feed -> it.propose("plug", () -> plugged.add(feed), machine, feed));
        }
    }
}
