package org.standfest.designer.ui.internal.analysis;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.widgets.Composite;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.workbench.ui.look.Light;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What contributes most to the downtime, ranked; choosing a line selects it in the drawing, where
 * the first ranks are marked too.
 */
public final class WeakSpotsView extends AnalysisView<WeakSpot> {

    /** How many ranks stand in the drawing. */
    private static final int MARKED = 5;

    @Override
    public void createPartControl(Composite parent) {
        Composite page = page(parent, "weakspots");
        rows(page, WeakSpot.class, "weakspots.table")
                .number(text("column.rank"), it -> String.valueOf(it.rank()))
                .light(
                        text("column.element"),
                        it -> it.single() > 0 ? Light.ATTENTION : null,
                        WeakSpot::name)
                .text(text("column.alone"), this::alone)
                .number(
                        text("column.avoided"),
                        it -> header().figures().minutes(it.minutesPerYear()))
                .number(text("column.share"), it -> header().figures().share(it.share()))
                .text(text("column.data"), this::data);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(rows().host());
        header().open();
    }

    private String alone(WeakSpot spot) {
        if (spot.single() == 0) {
            return text("alone.no");
        }
        return header().service().isPresent()
                ? text("alone.yes")
                : text("alone.services", spot.single());
    }

    private String data(WeakSpot spot) {
        String source = spot.source().isBlank() ? text("source.none") : spot.source();
        return spot.assumed() ? text("source.default", source) : source;
    }

    @Override
    List<WeakSpot> wanted() {
        return header().result()
                .map(it -> WeakSpot.of(it, header().service(), header().locale()))
                .orElse(List.of());
    }

    @Override
    void refreshed(WeakSpot before) {
        rows().host().setVisible(!shown().isEmpty());
        if (before != null) {
            shown().stream()
                    .filter(it -> it.name().equals(before.name()))
                    .findFirst()
                    .ifPresent(it -> rows().viewer().setSelection(new StructuredSelection(it)));
        }
    }

    @Override
    void chosen(WeakSpot spot, TopologyDocument open) {
        select(open, List.of(spot.elementId()), marks());
    }

    private Map<String, String> marks() {
        Map<String, String> marks = new LinkedHashMap<>();
        shown().stream()
                .limit(MARKED)
                .forEach(
                        it ->
                                marks.merge(
                                        it.elementId(),
                                        String.valueOf(it.rank()),
                                        (a, b) -> a + " " + b));
        return marks;
    }
}
