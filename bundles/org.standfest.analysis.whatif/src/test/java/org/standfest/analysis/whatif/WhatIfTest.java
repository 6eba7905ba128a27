package org.standfest.analysis.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.ecore.EObject;
import org.junit.jupiter.api.Test;
import org.standfest.topology.Element;
import org.standfest.topology.Service;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.files.TopologyFiles;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

class WhatIfTest {

    private static final String REGISTER = "Civil register";

    private static Topology example(String name) {
        return new TopologyFiles()
                .read(Path.of("..", "..", "examples", name + ".topology"))
                .orThrow()
                .topology();
    }

    private static Element named(Topology topology, String name) {
        for (Iterator<EObject> all = topology.eAllContents(); all.hasNext(); ) {
            if (all.next() instanceof Element element && name.equals(element.getName())) {
                return element;
            }
        }
        throw new AssertionError("no " + name);
    }

    private static Course fail(Topology topology, String... names) {
        List<Element> failed = new ArrayList<>();
        for (String name : names) {
            failed.add(named(topology, name));
        }
        return WhatIf.of(topology, failed);
    }

    private static Course.Fate fate(Course course, String service) {
        return course.services().stream()
                .filter(it -> it.service().getName().equals(service))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneHalfOfAPairIsTakenOverByTheOtherWithoutLoss() {
        Course course = fail(example("municipality"), "avance-1");
        Course.Fate fate = fate(course, REGISTER);
        assertEquals(OptionalLong.of(120), fate.backSeconds());
        assertEquals(OptionalLong.of(0), fate.lostSeconds());
        assertTrue(fate.rtoMet() && fate.rpoMet() && fate.kept());
        assertTrue(
                course.events().stream()
                        .anyMatch(
                                it ->
                                        it.kind() == Course.Kind.TAKEN_OVER
                                                && it.element().getName().equals("civil-register")
                                                && it.place()
                                                        .orElseThrow()
                                                        .getName()
                                                        .equals("avance-2")
                                                && !it.person()));
    }

    @Test
    void aServiceThatNeedsOneOfTwoGoesOn() {
        assertTrue(
                fate(fail(example("municipality"), "avance-1"), "Directory and names").untouched());
    }

    @Test
    void aWholeSiteStopsWhatStandsThere() {
        Course course = fail(example("municipality"), "Town hall");
        assertTrue(
                course.events().stream()
                        .anyMatch(
                                it ->
                                        it.kind() == Course.Kind.STOPS
                                                && it.element().getName().equals("avance-1")));
        assertEquals(OptionalLong.of(120), fate(course, REGISTER).backSeconds());
    }

    @Test
    void bothHalvesTogetherWaitForTheRepair() {
        Course course = fail(example("municipality"), "avance-1", "avance-2");
        Course.Fate fate = fate(course, REGISTER);
        assertTrue(fate.backSeconds().isEmpty());
        assertFalse(fate.rtoMet());
    }

    @Test
    void whatNothingTakesOverMayLoseEverythingAndSaysSo() {
        Course.Fate fate = fate(fail(example("municipality"), "avance-1", "avance-2"), REGISTER);
        assertTrue(fate.lostSeconds().isEmpty());
        assertFalse(fate.rpoMet());
        assertFalse(fate.kept());
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            CourseText words = new CourseText(locale);
            assertEquals(locale == Locale.GERMAN ? "unbekannt" : "unknown", words.lost(fate));
        }
    }

    @Test
    void aServiceWithoutObjectivesThatWaitsForTheRepairIsNotKeptEither() {
        Topology topology = example("municipality");
        ((Service) named(topology, REGISTER)).setRtoSeconds(null);
        ((Service) named(topology, REGISTER)).setRpoSeconds(null);
        Course.Fate fate = fate(fail(topology, "avance-1", "avance-2"), REGISTER);
        assertTrue(fate.rtoMet() && fate.rpoMet());
        assertFalse(fate.kept());
    }

    @Test
    void withoutItsWitnessAPairNeedsAPerson() {
        Course course = fail(example("municipality"), "avance-1", "Fire station");
        assertTrue(
                course.events().stream()
                        .filter(it -> it.kind() == Course.Kind.TAKEN_OVER)
                        .allMatch(Course.Event::person));
    }

    @Test
    void aStandbyTakesOverAsManyAsItHasPlacesForAndLosesUpToAnInterval() {
        Topology topology = example("classic-model");
        List<Element> all = new ArrayList<>();
        int places = 0;
        for (var protection : topology.getProtections()) {
            if (protection instanceof StandbyProtection standby) {
                standby.getWorkloads().forEach(all::add);
                places = standby.getImagePool().getParallelActivations();
            }
        }
        Course course = WhatIf.of(topology, all);
        long taken =
                course.events().stream().filter(it -> it.kind() == Course.Kind.TAKEN_OVER).count();
        assertEquals(places, taken);
        assertEquals(
                all.size() - taken,
                course.events().stream().filter(it -> it.kind() == Course.Kind.WAITS).count());
    }

    @Test
    void eventsAreInTheOrderOfTimeAndHaveWordsInBothLanguages() {
        for (String name : List.of("two-data-centres", "mail-cluster", "raid-model")) {
            Topology topology = example(name);
            Course course = WhatIf.of(topology, List.of(topology.getSites().getFirst()));
            long last = 0;
            for (Course.Event each : course.events()) {
                assertTrue(each.atSeconds() >= last);
                last = each.atSeconds();
            }
            for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                List<String> lines = new CourseText(locale).lines(course);
                assertTrue(lines.stream().noneMatch(it -> it.contains("!")), lines.toString());
            }
        }
    }
}
