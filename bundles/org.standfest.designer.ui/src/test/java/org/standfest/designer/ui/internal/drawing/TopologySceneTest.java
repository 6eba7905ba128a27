package org.standfest.designer.ui.internal.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.designer.ui.internal.SmallTopology;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.Wire;
import org.standfest.results.Explanation;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.LoadDay;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.Weekday;
import org.standfest.topology.edit.ElementWords;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class TopologySceneTest {

    private final SmallTopology small = new SmallTopology();

    private Scene scene(List<Finding> findings) {
        return new TopologyScene(
                        small.topology, new ElementWords(Locale.ENGLISH), Locale.ENGLISH, findings)
                .scene();
    }

    @Test
    void drawsEverySiteHostAndMachineInItsContainer() {
        Scene scene = scene(List.of());
        assertEquals(2, scene.figures().size());
        for (Figure site : scene.figures()) {
            Figure host = site.children().getFirst();
            assertTrue(inside(site.box(), host.box()));
            assertEquals(1, host.children().size());
            assertTrue(inside(host.box(), host.children().getFirst().box()));
        }
        assertFalse(scene.figures().get(0).box().meets(scene.figures().get(1).box()));
    }

    private static boolean inside(Box outer, Box inner) {
        return outer.x() <= inner.x()
                && outer.y() <= inner.y()
                && outer.right() >= inner.right()
                && outer.bottom() >= inner.bottom();
    }

    @Test
    void drawsLinksAndProtections() {
        List<Wire> wires = scene(List.of()).wires();
        Wire link =
                wires.stream()
                        .filter(each -> each.id().equals(small.link.getId()))
                        .findFirst()
                        .orElseThrow();
        Wire pair =
                wires.stream()
                        .filter(each -> each.id().equals(small.pair.getId()))
                        .findFirst()
                        .orElseThrow();
        assertEquals(Wire.Form.LINE, link.form());
        assertEquals("100\u00a0Mbit/s", link.label());
        assertEquals(Wire.Form.MUTUAL, pair.form());
        assertEquals("synchronous", pair.label());
    }

    @Test
    void givesTheSameDrawingForTheSameTopology() {
        assertEquals(scene(List.of()), scene(List.of()));
    }

    @Test
    void putsTheWorstFindingOfAnElementAtItsCorner() {
        Explanation why = Explanation.rendered("x", "a", "b", "c");
        String host = small.one.getId();
        Scene scene =
                scene(
                        List.of(
                                new Finding(Severity.HINT, host, "one", why),
                                new Finding(Severity.ERROR, host, "one", why)));
        assertEquals(
                Optional.of(Figure.Badge.ERROR),
                scene.figures().getFirst().children().getFirst().badge());
    }

    @Test
    void showsMachinesWithoutAHostApart() {
        small.mail.setHost(null);
        Scene scene = scene(List.of());
        assertEquals(3, scene.figures().size());
        assertEquals("Not placed on a host", scene.figures().getLast().title());
    }

    @Test
    void marksTheLoadAfterTheOtherHostFailed() {
        LoadProfile profile = TopologyFactory.eINSTANCE.createLoadProfile();
        for (Weekday weekday : List.of(Weekday.MONDAY, Weekday.SUNDAY)) {
            LoadDay day = TopologyFactory.eINSTANCE.createLoadDay();
            day.setDay(weekday);
            day.getPercentByHour().addAll(Collections.nCopies(24, 50));
            profile.getDays().add(day);
        }
        small.topology.getLoadProfiles().add(profile);
        small.mail.setLoad(profile);
        small.files.setLoad(profile);
        HostLoad load = HostLoad.of(small.topology, small.one);
        assertEquals(0.125, load.cpu().orElseThrow(), 1e-9);
        assertEquals(0.25, load.cpuAfterFailure().orElseThrow(), 1e-9);
        assertEquals(0.25, load.memory().orElseThrow(), 1e-9);
        assertEquals(0.5, load.memoryAfterFailure().orElseThrow(), 1e-9);
    }

    @Test
    void saysNothingOfALoadThatNobodyStated() {
        assertTrue(HostLoad.of(small.topology, small.one).cpu().isEmpty());
    }
}
