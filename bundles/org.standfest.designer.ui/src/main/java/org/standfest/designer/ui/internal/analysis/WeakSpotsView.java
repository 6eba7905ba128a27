package org.standfest.designer.ui.internal.analysis;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;
import org.standfest.results.Catalog;
import org.standfest.topology.Element;
import org.standfest.workbench.ui.look.Light;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What contributes most to the downtime, ranked; choosing a line selects it in the drawing, where
 * the first ranks are marked too.
 */
public final class WeakSpotsView extends ViewPart {

    /** How many ranks stand in the drawing. */
    private static final int MARKED = 5;

    private static final Catalog TEXTS = AnalysisHeader.TEXTS;

    private AnalysisHeader header;
    private Rows<WeakSpot> rows;
    private List<WeakSpot> spots = List.of();

    @Override
    public void createPartControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(page);
        header = new AnalysisHeader(page, getSite().getPage(), "weakspots", this::show);
        rows = new Rows<>(page, WeakSpot.class, "weakspots.table");
        GridDataFactory.fillDefaults().grab(true, true).applyTo(rows.host());
        rows.number(text("column.rank"), 6, it -> String.valueOf(it.rank()))
                .light(
                        text("column.element"),
                        34,
                        it -> it.single() > 0 ? Light.ATTENTION : null,
                        WeakSpot::name)
                .text(text("column.alone"), 20, this::alone)
                .number(
                        text("column.avoided"),
                        16,
                        it -> header.figures().minutes(it.minutesPerYear()))
                .number(text("column.share"), 10, it -> header.figures().share(it.share()))
                .text(text("column.data"), 26, this::data);
        rows.viewer().addPostSelectionChangedListener(event -> chosen());
        header.open();
    }

    private String text(String key) {
        return TEXTS.text(java.util.Locale.getDefault(), key);
    }

    private String alone(WeakSpot spot) {
        if (spot.single() == 0) {
            return text("alone.no");
        }
        return header.service().isPresent()
                ? text("alone.yes")
                : TEXTS.text(header.locale(), "alone.services", spot.single());
    }

    private String data(WeakSpot spot) {
        String source = spot.source().isBlank() ? text("source.none") : spot.source();
        return spot.assumed() ? TEXTS.text(header.locale(), "source.default", source) : source;
    }

    private void show() {
        if (rows.viewer().getTable().isDisposed()) {
            return;
        }
        List<WeakSpot> next =
                header.result()
                        .map(it -> WeakSpot.of(it, header.service(), header.locale()))
                        .orElse(List.of());
        rows.host().setVisible(!next.isEmpty());
        if (!next.equals(spots)) {
            WeakSpot before = rows.chosen();
            spots = next;
            rows.viewer().setInput(spots);
            if (before != null) {
                spots.stream()
                        .filter(it -> it.name().equals(before.name()))
                        .findFirst()
                        .ifPresent(it -> rows.viewer().setSelection(new StructuredSelection(it)));
            }
        }
    }

    private void chosen() {
        WeakSpot spot = rows.chosen();
        if (spot == null) {
            return;
        }
        header.document()
                .ifPresent(
                        open -> {
                            List<Element> found = open.find(spot.elementId()).stream().toList();
                            if (!open.selection().equals(found)) {
                                open.select(found, this);
                            }
                            open.analysis().mark(marks());
                        });
    }

    private Map<String, String> marks() {
        Map<String, String> marks = new LinkedHashMap<>();
        spots.stream()
                .limit(MARKED)
                .forEach(
                        it ->
                                marks.merge(
                                        it.elementId(),
                                        String.valueOf(it.rank()),
                                        (a, b) -> a + " " + b));
        return marks;
    }

    @Override
    public void setFocus() {
        rows.viewer().getControl().setFocus();
    }

    @Override
    public void dispose() {
        header.close();
        super.dispose();
    }
}
