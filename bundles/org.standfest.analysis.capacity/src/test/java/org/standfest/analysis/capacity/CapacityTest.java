package org.standfest.analysis.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.standfest.analysis.capacity.CapacityReport.Loss;
import org.standfest.analysis.capacity.CapacityReport.Scope;
import org.standfest.analysis.capacity.Placement.Verdict;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.LoadDay;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.SeparationGroup;
import org.standfest.topology.SeparationLevel;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Weekday;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class CapacityTest {

    private static final TopologyFactory MAKE = TopologyFactory.eINSTANCE;

    private final Topology topology = MAKE.createTopology();
    private final FailoverCluster cluster = MAKE.createFailoverCluster();
    private final List<Host> hosts = new ArrayList<>();

    @BeforeEach
    void threeHostsInOneCluster() {
        topology.getProtections().add(cluster);
        for (int i = 0; i < 3; i++) {
            Site site = MAKE.createSite();
            site.setId("site-" + i);
            site.setName("site " + i);
            topology.getSites().add(site);
            Host host = MAKE.createHost();
            host.setId("host-" + i);
            host.setName("host " + i);
            host.setCpuCores(10);
            host.setMemoryMiB(64_000);
            host.setReservedMemoryMiB(4_000);
            site.getHosts().add(host);
            hosts.add(host);
            cluster.getHosts().add(host);
        }
    }

    private VirtualMachine guest(int host, int cores, int memoryMiB) {
        VirtualMachine machine = MAKE.createVirtualMachine();
        machine.setId("vm-" + topology.getVirtualMachines().size());
        machine.setName(machine.getId());
        machine.setCpuCores(cores);
        machine.setMemoryMiB(memoryMiB);
        machine.setHost(hosts.get(host));
        topology.getVirtualMachines().add(machine);
        cluster.getWorkloads().add(machine);
        return machine;
    }

    private void load(VirtualMachine machine, int from, int to, int percent) {
        LoadProfile profile = MAKE.createLoadProfile();
        for (Weekday weekday : Weekday.values()) {
            LoadDay day = MAKE.createLoadDay();
            day.setDay(weekday);
            for (int hour = 0; hour < 24; hour++) {
                day.getPercentByHour().add(hour >= from && hour < to ? percent : 0);
            }
            profile.getDays().add(day);
        }
        topology.getLoadProfiles().add(profile);
        machine.setLoad(profile);
    }

    private CapacityReport report() {
        return CapacityAnalysis.of(topology, 10, () -> false);
    }

    private Loss loss(Scope scope, int index) {
        return report().losses().stream().filter(loss -> loss.scope() == scope).toList().get(index);
    }

    @Test
    void useIsCountedByHourOfTheWeek() {
        load(guest(0, 4, 1_000), 8, 18, 50);
        load(guest(0, 8, 1_000), 22, 24, 100);
        CapacityReport.HostUse use = report().hosts().getFirst();
        assertEquals(2, use.load().at(8));
        assertEquals(0, use.load().at(20));
        assertEquals(8, use.load().at(24 + 23));
        assertEquals(22, use.load().busiestHour());
        assertEquals(80, use.peakPercent(), 1e-9);
        assertEquals(60_000, use.memoryMiB());
        assertTrue(use.loadStated());
        List<CapacityReport.HostUse> uses = CapacityAnalysis.uses(topology);
        assertEquals(3, uses.size());
        assertEquals(80, uses.getFirst().peakPercent(), 1e-9);
    }

    @Test
    void aGuestWithoutProfileCountsAllItsCores() {
        guest(1, 3, 1_000);
        CapacityReport.HostUse use = report().hosts().get(1);
        assertEquals(3, use.load().mean());
        assertEquals(false, use.loadStated());
    }

    @Test
    void guestsOfALostHostFindRoomByMemory() {
        guest(0, 1, 30_000);
        guest(0, 1, 25_000);
        guest(1, 1, 30_000);
        guest(2, 1, 30_000);
        assertEquals(Verdict.FITS, loss(Scope.ONE_HOST, 0).verdict());
        guest(0, 1, 10_000);
        assertEquals(Verdict.DOES_NOT_FIT, loss(Scope.ONE_HOST, 0).verdict());
        assertEquals(1, loss(Scope.ONE_HOST, 0).stranded().size());
    }

    @Test
    void loadsAtDifferentHoursShareTheCores() {
        VirtualMachine day = guest(0, 8, 1_000);
        VirtualMachine night = guest(1, 8, 1_000);
        cluster.getHosts().remove(2);
        assertEquals(Verdict.DOES_NOT_FIT, loss(Scope.ONE_HOST, 0).verdict());
        load(day, 8, 18, 100);
        load(night, 20, 24, 100);
        assertEquals(Verdict.FITS, loss(Scope.ONE_HOST, 0).verdict());
    }

    @Test
    void guestsThatMustStayApartDoNotMeet() {
        SeparationGroup group = MAKE.createSeparationGroup();
        group.setLevel(SeparationLevel.HOST);
        topology.getSeparationGroups().add(group);
        group.getWorkloads().add(guest(0, 1, 1_000));
        group.getWorkloads().add(guest(1, 1, 1_000));
        assertEquals(Verdict.FITS, loss(Scope.ONE_HOST, 0).verdict());
        group.getWorkloads().add(guest(2, 1, 1_000));
        assertEquals(Verdict.DOES_NOT_FIT, loss(Scope.ONE_HOST, 0).verdict());
        assertEquals(List.of("vm-0"), loss(Scope.ONE_HOST, 0).stranded());
    }

    @Test
    void whatNothingProtectsIsNamed() {
        VirtualMachine alone = guest(0, 1, 1_000);
        cluster.getWorkloads().remove(alone);
        Loss loss = loss(Scope.SITE, 0);
        assertEquals(List.of("vm-0"), loss.unprotected());
        assertEquals(Verdict.FITS, loss.verdict());
        assertEquals(List.of("site 0"), loss.lostNames());
    }

    @Test
    void twoHostsOfThreeLeaveOne() {
        for (int host = 0; host < 3; host++) {
            guest(host, 1, 21_000);
        }
        assertEquals(Verdict.FITS, loss(Scope.ONE_HOST, 0).verdict());
        assertEquals(Verdict.DOES_NOT_FIT, loss(Scope.TWO_HOSTS, 0).verdict());
        assertEquals(
                3, report().losses().stream().filter(l -> l.scope() == Scope.TWO_HOSTS).count());
    }

    @Test
    void growthFillsAHostWhenTheLogarithmSays() {
        guest(0, 4, 30_000);
        CapacityReport.Growth growth = report().growth().getFirst();
        // 4 of 8 cores and 30 of 60 GB: both double in ln 2 / ln 1.1 years.
        assertEquals(Math.log(2) / Math.log(1.1), growth.yearsToFullCores().orElseThrow(), 1e-9);
        assertEquals(Math.log(2) / Math.log(1.1), growth.yearsToFullMemory().orElseThrow(), 1e-9);
        assertTrue(report().growth().get(1).yearsToFullCores().isEmpty());
    }

    /** Small random cases against every possible placement. */
    @Test
    void theSearchAgreesWithTryingEverything() {
        Random random = new Random(5);
        int fits = 0;
        for (int round = 0; round < 400; round++) {
            int roomCount = 2 + random.nextInt(2);
            List<Placement.Room> rooms =
                    IntStream.range(0, roomCount)
                            .mapToObj(
                                    i ->
                                            new Placement.Room(
                                                    "r" + i,
                                                    3 + random.nextInt(4),
                                                    Week.IDLE,
                                                    8 + random.nextInt(8)))
                            .toList();
            List<Placement.Guest> guests = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                BitSet places = new BitSet();
                places.set(0, roomCount);
                if (random.nextInt(3) == 0) {
                    places.clear(random.nextInt(roomCount));
                }
                guests.add(
                        new Placement.Guest(
                                "g" + i,
                                Week.constant(1 + random.nextInt(3)),
                                1 + random.nextInt(6),
                                places,
                                random.nextInt(4) == 0 ? 0 : -1));
            }
            boolean possible = tryEverything(rooms, guests, new int[guests.size()], 0);
            Placement.Result result =
                    Placement.find(
                            rooms, guests, Collections.nCopies(roomCount, new BitSet()), 1_000_000);
            assertEquals(possible ? Verdict.FITS : Verdict.DOES_NOT_FIT, result.verdict());
            fits += possible ? 1 : 0;
        }
        assertTrue(fits > 50 && fits < 350, "both answers occur: " + fits);
    }

    private static boolean tryEverything(
            List<Placement.Room> rooms, List<Placement.Guest> guests, int[] at, int next) {
        if (next < guests.size()) {
            for (int room = 0; room < rooms.size(); room++) {
                at[next] = room;
                if (tryEverything(rooms, guests, at, next + 1)) {
                    return true;
                }
            }
            return false;
        }
        for (int room = 0; room < rooms.size(); room++) {
            double cores = 0;
            long memory = 0;
            int apart = 0;
            for (int i = 0; i < guests.size(); i++) {
                if (at[i] == room) {
                    cores += guests.get(i).need().peak();
                    memory += guests.get(i).memoryMiB();
                    apart += guests.get(i).apart() == 0 ? 1 : 0;
                    if (!guests.get(i).places().get(room)) {
                        return false;
                    }
                }
            }
            if (cores > rooms.get(room).cores()
                    || memory > rooms.get(room).freeMemoryMiB()
                    || apart > 1) {
                return false;
            }
        }
        return true;
    }

    @Test
    void aSearchWithoutStepsSaysThatItDoesNotKnow() {
        for (int i = 0; i < 6; i++) {
            guest(0, 1, 9_000 + i);
        }
        List<Placement.Room> rooms =
                List.of(
                        new Placement.Room("a", 10, Week.IDLE, 27_000),
                        new Placement.Room("b", 10, Week.IDLE, 27_005));
        BitSet both = new BitSet();
        both.set(0, 2);
        List<Placement.Guest> guests =
                IntStream.range(0, 6)
                        .mapToObj(i -> new Placement.Guest("g" + i, Week.IDLE, 9_000 + i, both, -1))
                        .toList();
        assertEquals(
                Verdict.UNDECIDED,
                Placement.find(rooms, guests, List.of(new BitSet(), new BitSet()), 2).verdict());
    }
}
