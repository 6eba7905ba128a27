package org.standfest.designer.ui.internal.drawing;

import org.standfest.drawing.ui.Figure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sites stand beside each other, from the top row to the lowest.
 *
 * @param rows ids from left to right
 */
public record SiteRows(List<List<String>> rows) {

    /** Nobody has said anything: in the order of the topology. */
    public static final SiteRows UNKNOWN = new SiteRows(List.of());

    /** Copies. */
    public SiteRows {
        rows = rows.stream().map(List::copyOf).toList();
    }

    /**
     * The figures in these rows; those that are not in any of them, added since, form the last
     * rows, as long as the longest.
     */
    List<List<Figure>> of(List<Figure> figures) {
        Map<String, Figure> rest = new LinkedHashMap<>();
        figures.forEach(figure -> rest.put(figure.id(), figure));
        Map<String, Figure> known = new HashMap<>(rest);
        List<List<Figure>> found = new ArrayList<>();
        int longest = 1;
        for (List<String> row : rows) {
            List<Figure> members = new ArrayList<>();
            for (String id : row) {
                if (rest.remove(id) != null) {
                    members.add(known.get(id));
                }
            }
            if (!members.isEmpty()) {
                found.add(members);
                longest = Math.max(longest, members.size());
            }
        }
        List<Figure> added = List.copyOf(rest.values());
        for (int first = 0; first < added.size(); first += longest) {
            found.add(added.subList(first, Math.min(added.size(), first + longest)));
        }
        return found;
    }
}
