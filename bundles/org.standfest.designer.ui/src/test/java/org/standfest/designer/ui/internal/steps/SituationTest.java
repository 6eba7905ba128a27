package org.standfest.designer.ui.internal.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.analysis.TopologyReport;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Dependency;
import org.standfest.topology.Host;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

class SituationTest {

    private static final TopologyFactory MAKE = TopologyFactory.eINSTANCE;

    @TempDir Path folder;

    private final TopologyDocument document =
            TopologyDocument.fresh(Locale.ENGLISH, UUID::randomUUID);
    private final Topology topology = document.topology();

    private List<Step> done() {
        return new Situation(Optional.of(document), Set.of()).done();
    }

    private boolean isDone(Step step) {
        return done().contains(step);
    }

    @Test
    void nothingIsDoneWithoutATopologyAndOneStepWithAnEmptyOne() {
        assertTrue(new Situation(Optional.empty(), Set.of()).done().isEmpty());
        assertEquals(List.of(Step.SHEET), done());
    }

    @Test
    void eachStepIsNoticedWhenItIsDoneAndNotBefore() {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            assertTrue(!isDone(Step.SITES));
            sites.add(MAKE.createSite());
            topology.getSites().add(sites.get(i));
        }
        assertTrue(isDone(Step.SITES));
        Host first = host(sites.get(0));
        Host second = host(sites.get(0));
        assertTrue(!isDone(Step.HOSTS), "both are at one site");
        sites.get(1).getHosts().add(second);
        assertTrue(isDone(Step.HOSTS));
        sites.get(0).getPowerFeeds().add(MAKE.createPowerFeed());
        assertTrue(!isDone(Step.POWER));
        sites.get(1).getPowerFeeds().add(MAKE.createPowerFeed());
        assertTrue(isDone(Step.POWER));
        for (Host host : List.of(first, second)) {
            assertTrue(!isDone(Step.SYSTEMS));
            VirtualMachine guest = MAKE.createVirtualMachine();
            topology.getVirtualMachines().add(guest);
            guest.setHost(host);
        }
        assertTrue(isDone(Step.SYSTEMS));
        MirrorPair pair = MAKE.createMirrorPair();
        topology.getProtections().add(pair);
        pair.setFirstHost(first);
        assertTrue(!isDone(Step.PAIR));
        pair.setSecondHost(second);
        assertTrue(isDone(Step.PAIR));
        Service service = MAKE.createService();
        topology.getServices().add(service);
        service.setRtoSeconds(3600);
        assertTrue(!isDone(Step.SERVICE), "it needs nothing");
        Dependency need = MAKE.createDependency();
        need.getTargets().add(topology.getVirtualMachines().getFirst());
        service.getDependencies().add(need);
        assertTrue(isDone(Step.SERVICE));
    }

    @Test
    void errorsAreToBeClearedAndWarningsMayStay() {
        topology.getServices().add(MAKE.createService());
        document.report(new TopologyReport(List.of(finding(Severity.ERROR)), 1, false));
        assertTrue(!isDone(Step.FINDINGS));
        document.report(new TopologyReport(List.of(finding(Severity.WARNING)), 1, false));
        assertTrue(isDone(Step.FINDINGS));
    }

    @Test
    void aSavedTopologyIsSavedUntilTheNextChange() {
        assertTrue(!isDone(Step.SAVE));
        assertTrue(document.saveAs(folder.resolve("m.topology")).isDone());
        assertTrue(isDone(Step.SAVE));
    }

    @Test
    void theViewOfWhatIfCountsWhenItWasOpened() {
        Situation looked = new Situation(Optional.of(document), Set.of(Step.WHAT_IF_VIEW));
        assertTrue(looked.done().contains(Step.WHAT_IF));
    }

    @Test
    void everyStepHasItsTextsInBothLanguages() {
        Catalog texts = Catalog.beside(StepsView.class);
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            for (Step step : Step.values()) {
                for (String key : List.of(step.key(), step.key() + ".how")) {
                    assertTrue(!texts.text(locale, key).contains(key), key);
                }
                if (step.command().isPresent()) {
                    assertTrue(!texts.text(locale, step.key() + ".act").contains("step."));
                }
            }
        }
    }

    private static Host host(Site site) {
        Host host = MAKE.createHost();
        site.getHosts().add(host);
        return host;
    }

    private static Finding finding(Severity severity) {
        return new Finding(severity, "x", "x", Explanation.rendered("x", "x", "x", "x"));
    }
}
