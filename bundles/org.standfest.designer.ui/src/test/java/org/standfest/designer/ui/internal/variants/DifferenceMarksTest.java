package org.standfest.designer.ui.internal.variants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.topology.Topology;
import org.standfest.topology.compare.TopologyDiff;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

class DifferenceMarksTest {

    private final TopologyDocument first =
            TopologyDocument.openExample(
                            Path.of("..", "..", "examples", "municipality.topology"),
                            Locale.ENGLISH)
                    .orThrow();

    @Test
    void aFreshVariantDiffersByItsNameOnly() {
        TopologyDocument variant = first.variant(Locale.ENGLISH);
        assertTrue(variant.dirty());
        assertTrue(variant.title().endsWith("(variant)"));
        assertEquals(
                Map.of(first.topology().getId(), "~ changed"),
                DifferenceMarks.of(
                        TopologyDiff.between(first.topology(), variant.topology()),
                        Locale.ENGLISH));
    }

    @Test
    void whatIsNewChangedOrGoneIsMarkedBySignAndWord() {
        Topology changed = first.variant(Locale.ENGLISH).topology();
        changed.setName(first.topology().getName());
        var host = changed.getSites().getFirst().getHosts().getFirst();
        host.setMemoryMiB(1);
        String site = changed.getSites().get(1).getId();
        changed.getSites().get(1).getPowerFeeds().clear();
        Map<String, String> marks =
                DifferenceMarks.of(TopologyDiff.between(first.topology(), changed), Locale.GERMAN);
        assertEquals("~ geändert", marks.get(host.getId()));
        assertEquals("\u2212 2 entfernt", marks.get(site));
        Map<String, String> back =
                DifferenceMarks.of(TopologyDiff.between(changed, first.topology()), Locale.GERMAN);
        assertTrue(back.containsValue("+ neu"), back.toString());
    }
}
