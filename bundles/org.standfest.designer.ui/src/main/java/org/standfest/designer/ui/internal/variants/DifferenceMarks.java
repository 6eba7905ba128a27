package org.standfest.designer.ui.internal.variants;

import org.standfest.results.Catalog;
import org.standfest.topology.Element;
import org.standfest.topology.compare.Difference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Differences as short marks in the drawing of the second topology: a sign and a word. */
final class DifferenceMarks {

    private static final Catalog TEXTS = Catalog.beside(DifferenceMarks.class);

    private DifferenceMarks() {}

    /** By element; what is gone is said where it lay, or at the topology itself. */
    static Map<String, String> of(List<Difference> differences, Locale locale) {
        Map<String, String> marks = new LinkedHashMap<>();
        Map<String, Integer> gone = new LinkedHashMap<>();
        for (Difference each : differences) {
            if (each.kind() == Difference.Kind.REMOVED) {
                if (each.before().eContainer() instanceof Element place) {
                    gone.merge(place.getId(), 1, Integer::sum);
                }
            } else {
                marks.put(each.element().getId(), TEXTS.text(locale, "mark." + each.kind().name()));
            }
        }
        gone.forEach(
                (place, count) ->
                        marks.merge(
                                place,
                                TEXTS.text(locale, "mark.REMOVED", count),
                                (one, other) -> one + "  " + other));
        return marks;
    }
}
