package org.standfest.designer.ui.internal.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.designer.ui.internal.drawing.SiteRows;
import org.standfest.designer.ui.internal.drawing.SiteTie;
import org.standfest.designer.ui.internal.drawing.TopologyScene;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.SceneIndex;
import org.standfest.topology.Link;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.edit.ElementWords;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

class AutomaticLayoutTest {

    private static final ElementWords WORDS = new ElementWords(Locale.ENGLISH);
    private final Topology topology = TopologyFactory.eINSTANCE.createTopology();

    private Site site(String id) {
        Site site = TopologyFactory.eINSTANCE.createSite();
        site.setId(id);
        site.setName(id);
        topology.getSites().add(site);
        return site;
    }

    private void link(Site one, Site other) {
        Link link = TopologyFactory.eINSTANCE.createLink();
        link.setId(one.getId() + "-" + other.getId());
        link.setFirstSite(one);
        link.setSecondSite(other);
        topology.getLinks().add(link);
    }

    /** A ring of six, written down so that neighbours in the file are not neighbours in the net. */
    private void ring() {
        topology.setId("t");
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sites.add(site("s" + i));
        }
        int[] order = {0, 3, 1, 4, 2, 5};
        for (int i = 0; i < 6; i++) {
            link(sites.get(order[i]), sites.get(order[(i + 1) % 6]));
        }
    }

    private Scene drawn(SiteRows rows) {
        return new TopologyScene(topology, WORDS, Locale.ENGLISH, List.of()).scene(rows);
    }

    @Test
    void untanglesARingThatIsWrittenDownInConfusion() {
        ring();
        SiteRows rows = new AutomaticLayout(topology, WORDS, Locale.ENGLISH).rows();
        assertFalse(rows.rows().isEmpty());
        double before = new SceneRating(drawn(SiteRows.UNKNOWN)).confusion();
        double after = new SceneRating(drawn(rows)).confusion();
        assertTrue(after < before - 5, before + " to " + after);
        assertEquals(rows, new AutomaticLayout(topology, WORDS, Locale.ENGLISH).rows());
    }

    @Test
    void leavesAloneWhatAPersonHasGivenAPlace() {
        ring();
        topology.getSites().get(2).setPlacement("pinned 5000 70");
        SiteRows rows = new AutomaticLayout(topology, WORDS, Locale.ENGLISH).rows();
        assertTrue(rows.rows().stream().noneMatch(row -> row.contains("s2")));
        Box box = new SceneIndex(drawn(rows)).place("s2").orElseThrow();
        assertEquals(5000, box.x());
        assertEquals(70, box.y());
    }

    @Test
    void putsEverySiteIntoEachCandidateOnce() {
        Map<String, Box> sites = new LinkedHashMap<>();
        List<SiteTie> ties = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sites.put("s" + i, new Box(0, 0, 300 + i % 4 * 80, 100 + i % 3 * 60));
            ties.add(new SiteTie("s" + i, "s" + i * 7 % 30));
        }
        List<SiteRows> candidates = new ElkRows(sites, ties).candidates();
        assertFalse(candidates.isEmpty());
        for (SiteRows rows : candidates) {
            List<String> all = rows.rows().stream().flatMap(List::stream).sorted().toList();
            assertEquals(sites.keySet().stream().sorted().toList(), all);
        }
    }
}
