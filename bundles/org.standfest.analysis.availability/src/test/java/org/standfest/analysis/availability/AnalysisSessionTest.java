package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.ImagePool;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.PowerFeedKind;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

class AnalysisSessionTest {

    private static final AnalysisRequest REQUEST =
            new AnalysisRequest(
                    Assumptions.standard(),
                    Optional.empty(),
                    5,
                    0,
                    1,
                    List.of(),
                    Set.of(AnalysisRequest.Part.OBJECTIVES));

    /** A quarter of a second passes whenever somebody looks. */
    private static InstantSource hurrying() {
        AtomicLong millis = new AtomicLong();
        return () -> Instant.ofEpochMilli(millis.addAndGet(250));
    }

    private static AnalysisResult fresh(Topology topology) {
        return TopologyAnalysis.run(topology, REQUEST, hurrying(), Watcher.patient())
                .result()
                .orElseThrow();
    }

    private static void isFresh(Topology topology, AnalysisResult again) {
        List<ServiceAvailability> wanted = fresh(topology).availability().services();
        assertEquals(wanted.size(), again.availability().services().size());
        for (ServiceAvailability each : wanted) {
            assertEquals(
                    each.unavailability(),
                    again.availability()
                            .service(each.goal().serviceId())
                            .orElseThrow()
                            .unavailability(),
                    1e-12 * each.unavailability());
        }
    }

    private static List<Double> figures(AnalysisResult result) {
        return result.availability().services().stream()
                .map(ServiceAvailability::unavailability)
                .toList();
    }

    @Test
    void tellsWhatIsDoneAndEndsWithTheWhole() {
        Topology topology = SyntheticLandscape.of(300, 3);
        List<AnalysisResult> told = new ArrayList<>();
        AnalysisResult end =
                new AnalysisSession(REQUEST, hurrying())
                        .analyse(topology, Watcher.patient(), told::add)
                        .result()
                        .orElseThrow();
        assertFalse(told.isEmpty());
        int before = 0;
        for (AnalysisResult each : told) {
            assertFalse(each.complete());
            assertTrue(each.availability().services().size() > before);
            before = each.availability().services().size();
        }
        assertTrue(end.complete());
        assertEquals(figures(fresh(topology)), figures(end));
        assertFalse(end.objectives().isEmpty());
    }

    @Test
    void anEditInAnotherCopyGivesWhatAFreshAnalysisGives() {
        Topology topology = SyntheticLandscape.of(200, 4);
        AnalysisSession session = new AnalysisSession(REQUEST, hurrying());
        session.analyse(topology, Watcher.patient(), it -> {});
        Topology edited = EcoreUtil.copy(topology);
        edited.getSites().getFirst().getHosts().removeFirst();
        AnalysisResult again =
                session.analyse(edited, Watcher.patient(), it -> {}).result().orElseThrow();
        isFresh(edited, again);
    }

    /** Guests in a cluster, with a standby for one of its guests: a group inside a group. */
    private static final class Nested {
        private final Drawing drawing = new Drawing();
        private final Site site = drawing.site("s");
        private final List<PowerFeed> feeds = List.of(feed(), feed(), feed());
        private final Host first = drawing.host(site, drawing.figures(4000, 12));
        private final Host second = drawing.host(site, drawing.figures(5000, 16));
        private final PhysicalServer standby = drawing.named(Drawing.MAKE.createPhysicalServer());
        private final VirtualMachine guest = drawing.guest(first);
        private final VirtualMachine another = drawing.guest(first);

        Nested() {
            first.getPowerFeeds().addAll(feeds);
            second.getPowerFeeds().addAll(feeds);
            standby.setFailureData(drawing.figures(3000, 20));
            site.getServers().add(standby);
            FailoverCluster cluster = drawing.named(Drawing.MAKE.createFailoverCluster());
            cluster.getHosts().addAll(List.of(first, second));
            cluster.setTakeoverSeconds(300);
            cluster.getWorkloads().addAll(List.of(guest, another));
            ImagePool pool = drawing.named(Drawing.MAKE.createImagePool());
            pool.setStandby(standby);
            drawing.topology.getImagePools().add(pool);
            StandbyProtection protection = drawing.named(Drawing.MAKE.createStandbyProtection());
            protection.setImagePool(pool);
            protection.setTakeoverSeconds(1800);
            protection.getWorkloads().add(guest);
            drawing.topology.getProtections().addAll(List.of(cluster, protection));
        }

        private PowerFeed feed() {
            PowerFeed feed = drawing.named(Drawing.MAKE.createPowerFeed());
            feed.setKind(PowerFeedKind.GENERATOR);
            feed.setFailureData(drawing.figures(700, 30));
            site.getPowerFeeds().add(feed);
            return feed;
        }
    }

    @Test
    void aGroupInAnotherOneIsSettledBeforeItAfterAnEditToo() {
        Nested it = new Nested();
        Service edited = it.drawing.needs(1, it.another, it.first);
        it.drawing.needs(2, it.guest, it.first, it.standby);
        AnalysisSession session = new AnalysisSession(REQUEST, hurrying());
        session.analyse(it.drawing.topology, Watcher.patient(), _ -> {});
        Host other = it.drawing.host(it.site, it.drawing.figures(2000, 9));
        edited.getDependencies().getFirst().getTargets().add(other);
        isFresh(
                it.drawing.topology,
                session.analyse(it.drawing.topology, Watcher.patient(), _ -> {}).orThrow());
    }

    @Test
    void whatIsTakenBackGivesWhatItGaveBefore() {
        Nested it = new Nested();
        it.drawing.needs(2, it.guest, it.first, it.standby);
        AnalysisSession session = new AnalysisSession(REQUEST, hurrying());
        for (int round = 0; round < 3; round++) {
            if (round == 1) {
                it.first.getPowerFeeds().remove(it.feeds.getLast());
                it.second.getPowerFeeds().remove(it.feeds.getLast());
            } else if (round == 2) {
                it.first.getPowerFeeds().add(it.feeds.getLast());
                it.second.getPowerFeeds().add(it.feeds.getLast());
            }
            isFresh(
                    it.drawing.topology,
                    session.analyse(it.drawing.topology, Watcher.patient(), _ -> {}).orThrow());
        }
    }

    @Test
    void whenItIsCancelledWhatWasDoneIsKept() {
        Topology topology = SyntheticLandscape.of(200, 5);
        int[] done = {0};
        Watcher impatient =
                new Watcher() {
                    @Override
                    public boolean cancelled() {
                        return done[0] >= 3;
                    }

                    @Override
                    public void progress(int now, int of) {
                        done[0] = now;
                    }
                };
        AnalysisResult result =
                new AnalysisSession(REQUEST, () -> Instant.EPOCH)
                        .analyse(topology, impatient, it -> {})
                        .result()
                        .orElseThrow();
        assertFalse(result.complete());
        assertEquals(3, result.availability().services().size());
    }
}
