package org.standfest.designer.ui.internal.analysis;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.part.ViewPart;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.results.Catalog;
import org.standfest.topology.Element;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Style;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What must fail together, the most probable first; choosing a line highlights all of it. */
public final class CutSetsView extends ViewPart {

    private static final Catalog TEXTS = AnalysisHeader.TEXTS;
    private static final int ORDERS_TOLD = 4;

    private AnalysisHeader header;
    private Rows<Combination> rows;
    private Label counts;
    private List<Combination> shown = List.of();

    @Override
    public void createPartControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(page);
        header = new AnalysisHeader(page, getSite().getPage(), "cutsets", this::show);
        counts = new Label(page, SWT.NONE);
        counts.setFont(new Look(page).small());
        Style.MUTED.on(counts);
        counts.setData("standfest.id", "cutsets.counts");
        GridDataFactory.fillDefaults().grab(true, false).indent(12, 0).applyTo(counts);
        rows = new Rows<>(page, Combination.class, "cutsets.table");
        GridDataFactory.fillDefaults().grab(true, true).applyTo(rows.host());
        rows.number(text("column.order"), 8, it -> String.valueOf(it.order()))
                .light(
                        text("column.together"),
                        60,
                        it -> it.order() == 1 ? Light.ATTENTION : null,
                        it -> String.join("  +  ", it.names()))
                .number(
                        text("column.down"),
                        16,
                        it -> header.figures().minutes(it.minutesPerYear()))
                .number(text("column.services"), 10, it -> String.valueOf(it.services()));
        rows.viewer().addPostSelectionChangedListener(event -> chosen());
        header.open();
    }

    private String text(String key) {
        return TEXTS.text(Locale.getDefault(), key);
    }

    private void show() {
        if (rows.viewer().getTable().isDisposed()) {
            return;
        }
        List<Combination> next =
                header.result()
                        .map(it -> Combination.of(it, header.service(), header.locale()))
                        .orElse(List.of());
        rows.host().setVisible(!next.isEmpty());
        counts.setText(next.isEmpty() ? "" : told());
        if (!next.equals(shown)) {
            shown = next;
            rows.viewer().setInput(shown);
        }
    }

    /** How many there are of each order; exact for one service, unless it was beyond the limits. */
    private String told() {
        List<ServiceAvailability> services =
                WeakSpot.chosen(header.result().orElseThrow(), header.service());
        if (services.size() != 1) {
            return text("cutsets.listed");
        }
        List<BigInteger> byOrder = services.getFirst().cutSetsByOrder();
        List<String> parts = new ArrayList<>();
        BigInteger more = BigInteger.ZERO;
        for (int order = 1; order < byOrder.size(); order++) {
            if (order > ORDERS_TOLD) {
                more = more.add(byOrder.get(order));
            } else {
                parts.add(
                        TEXTS.text(
                                header.locale(),
                                order == 1 ? "cutsets.order.one" : "cutsets.order",
                                byOrder.get(order),
                                order));
            }
        }
        if (more.signum() > 0) {
            parts.add(TEXTS.text(header.locale(), "cutsets.more", more));
        }
        return TEXTS.text(header.locale(), "cutsets.all", String.join(", ", parts));
    }

    private void chosen() {
        Combination combination = rows.chosen();
        if (combination == null) {
            return;
        }
        header.document()
                .ifPresent(
                        open -> {
                            List<Element> found =
                                    combination.elementIds().stream()
                                            .flatMap(id -> open.find(id).stream())
                                            .toList();
                            open.analysis().mark(Map.of());
                            open.select(found, this);
                        });
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
