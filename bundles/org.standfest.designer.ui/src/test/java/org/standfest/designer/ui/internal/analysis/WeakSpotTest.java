package org.standfest.designer.ui.internal.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.availability.AnalysisRequest;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.TopologyAnalysis;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.designer.ui.internal.SmallTopology;
import org.standfest.designer.ui.internal.document.AnalysisState;
import org.standfest.designer.ui.internal.drawing.ServiceNotes;
import org.standfest.designer.ui.internal.drawing.TopologyScene;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Scene;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Service;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.edit.ElementWords;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class WeakSpotTest {

    private final SmallTopology small = new SmallTopology();
    private final Service mail = service("Mail", 1, small.mail);
    private final Service either = service("Either", 1, small.mail, small.files);

    private Service service(String name, int required, Component... targets) {
        Service service = TopologyFactory.eINSTANCE.createService();
        service.setName(name);
        service.setId(UUID.nameUUIDFromBytes(name.getBytes()).toString());
        Dependency dependency = TopologyFactory.eINSTANCE.createDependency();
        dependency.setKind(
                required == targets.length ? DependencyKind.ALL_OF : DependencyKind.SOME_OF);
        dependency.setRequiredCount(required);
        dependency.getTargets().addAll(List.of(targets));
        service.getDependencies().add(dependency);
        small.topology.getServices().add(service);
        return service;
    }

    private AnalysisResult result() {
        return TopologyAnalysis.run(
                        small.topology,
                        AnalysisRequest.everything(),
                        InstantSource.fixed(Instant.EPOCH),
                        Watcher.patient())
                .orThrow();
    }

    @Test
    void ranksTheLargestContributionFirst() {
        List<WeakSpot> spots = WeakSpot.of(result(), Optional.of(mail.getId()), Locale.ENGLISH);
        assertFalse(spots.isEmpty());
        for (int i = 1; i < spots.size(); i++) {
            assertEquals(i + 1, spots.get(i).rank());
            assertTrue(spots.get(i - 1).minutesPerYear() >= spots.get(i).minutesPerYear());
        }
        assertTrue(
                spots.stream()
                        .anyMatch(
                                it ->
                                        it.elementId().equals(small.mail.getId())
                                                && it.single() == 1));
    }

    @Test
    void addsTheServicesUpWhenAllAreLookedAt() {
        AnalysisResult result = result();
        double both =
                spot(result, Optional.of(mail.getId())).minutesPerYear()
                        + spot(result, Optional.of(either.getId())).minutesPerYear();
        WeakSpot together = spot(result, Optional.empty());
        assertEquals(both, together.minutesPerYear(), 1e-9 * both);
        assertEquals(2, together.services());
        assertEquals(1, together.single());
    }

    private WeakSpot spot(AnalysisResult result, Optional<String> service) {
        return WeakSpot.of(result, service, Locale.ENGLISH).stream()
                .filter(it -> it.elementId().equals(small.mail.getId()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void listsCombinationsWithTheElementsToHighlight() {
        List<Combination> sets =
                Combination.of(result(), Optional.of(either.getId()), Locale.ENGLISH);
        assertFalse(sets.isEmpty());
        for (int i = 1; i < sets.size(); i++) {
            assertTrue(sets.get(i - 1).probability() >= sets.get(i).probability());
        }
        assertTrue(
                sets.stream()
                        .anyMatch(
                                it ->
                                        it.order() == 2
                                                && it.elementIds()
                                                        .containsAll(
                                                                List.of(
                                                                        small.east.getId(),
                                                                        small.west.getId()))),
                sets::toString);
    }

    @Test
    void putsEveryServiceIntoTheDrawingWithItsAvailability() {
        Map<String, String> notes = ServiceNotes.of(AnalysisState.ready(result()), Locale.ENGLISH);
        Scene scene =
                new TopologyScene(
                                small.topology,
                                new ElementWords(Locale.ENGLISH),
                                Locale.ENGLISH,
                                List.of(),
                                notes)
                        .scene();
        Figure area = scene.figures().getLast();
        assertEquals("Services", area.title());
        Figure chip = area.children().getFirst();
        assertEquals("Mail", chip.title());
        assertTrue(chip.note().matches(".*99\\.\\d+\u00a0%\\* \u00b7 .*"), chip.note());
        for (Figure site : scene.figures().subList(0, 2)) {
            assertFalse(site.box().meets(area.box()));
        }
    }

    @Test
    void saysThatItIsCalculatedAsLongAsThereIsNoResult() {
        assertTrue(ServiceNotes.of(AnalysisState.NONE, Locale.ENGLISH).isEmpty());
        Scene scene =
                new TopologyScene(
                                small.topology,
                                new ElementWords(Locale.GERMAN),
                                Locale.GERMAN,
                                List.of())
                        .scene();
        assertEquals("Ihre Verfügbarkeit wird gerade berechnet.", scene.figures().getLast().note());
    }
}
