package org.standfest.designer.ui.internal.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.whatif.WhatIf;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.topology.Host;
import org.standfest.topology.Topology;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

class CourseFramesTest {

    private final TopologyDocument document =
            TopologyDocument.openExample(
                            Path.of("..", "..", "examples", "municipality.topology"),
                            Locale.ENGLISH)
                    .orThrow();

    @Test
    void showsHowThingsStandAtEachMomentBySignAndWord() {
        Topology topology = document.topology();
        Host host = topology.getSites().getFirst().getHosts().getFirst();
        CourseFrames frames =
                new CourseFrames(
                        WhatIf.of(topology, List.of(host)), document.words(), Locale.ENGLISH);
        assertEquals(List.of(0L, 120L), frames.moments());
        String guest =
                topology.getVirtualMachines().stream()
                        .filter(it -> it.getName().equals("civil-register"))
                        .findFirst()
                        .orElseThrow()
                        .getId();
        assertEquals("\u25a0 failed", frames.marks(0).get(host.getId()));
        assertEquals("\u25a0 stopped", frames.marks(0).get(guest));
        assertEquals("\u25b6 on avance-2", frames.marks(1).get(guest));
        String service = topology.getServices().get(1).getId();
        assertEquals("\u25a0 down", frames.marks(0).get(service));
        assertEquals("\u25cf back", frames.marks(1).get(service));
    }

    @Test
    void hasWordsInGermanForEveryKind() {
        Topology topology = document.topology();
        CourseFrames frames =
                new CourseFrames(
                        WhatIf.of(topology, topology.getSites()), document.words(), Locale.GERMAN);
        assertFalse(frames.marks(frames.moments().size() - 1).toString().contains("!mark"));
    }
}
