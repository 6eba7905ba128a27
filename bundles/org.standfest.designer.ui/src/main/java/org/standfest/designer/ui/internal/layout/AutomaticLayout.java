package org.standfest.designer.ui.internal.layout;

import org.standfest.designer.ui.internal.drawing.SiteRows;
import org.standfest.designer.ui.internal.drawing.TopologyScene;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Scene;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.edit.ElementWords;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the rows in which a topology is read best: draws what ELK proposes and what the order of
 * the file gives, and takes the drawing with the least confusion. Sites that a person has given a
 * place stay there. Any thread; the topology must not change meanwhile.
 */
public final class AutomaticLayout {

    private final Topology topology;
    private final TopologyScene drawing;

    /**
     * @param topology what is laid out; a copy of one's own
     * @param names the words for its elements
     * @param locale for the words that take room in the drawing
     */
    public AutomaticLayout(Topology topology, ElementWords names, Locale locale) {
        this.topology = topology;
        this.drawing = new TopologyScene(topology, names, locale, List.of());
    }

    /** The rows; unknown if nothing is better than the order of the file. */
    public SiteRows rows() {
        Scene plain = drawing.scene();
        SiteRows best = SiteRows.UNKNOWN;
        double least = new SceneRating(plain).confusion();
        for (SiteRows rows : new ElkRows(loose(plain), drawing.ties()).candidates()) {
            double confusion = new SceneRating(drawing.scene(rows)).confusion();
            if (confusion < least) {
                least = confusion;
                best = rows;
            }
        }
        return best;
    }

    /** How large the sites are that no person has given a place. */
    private Map<String, Box> loose(Scene scene) {
        Map<String, Box> drawn = new LinkedHashMap<>();
        for (Figure figure : scene.figures()) {
            drawn.put(figure.id(), figure.box());
        }
        Map<String, Box> loose = new LinkedHashMap<>();
        for (Site site : topology.getSites()) {
            if (site.getPlacement() == null && drawn.containsKey(site.getId())) {
                loose.put(site.getId(), drawn.get(site.getId()));
            }
        }
        return loose;
    }
}
