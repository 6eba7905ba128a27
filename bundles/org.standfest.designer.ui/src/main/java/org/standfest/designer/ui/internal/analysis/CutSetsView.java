package org.standfest.designer.ui.internal.analysis;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Style;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must fail together, the most probable first; choosing a line highlights all of it. */
public final class CutSetsView extends AnalysisView<Combination> {

    private static final int ORDERS_TOLD = 4;

    private Label counts;

    @Override
    public void createPartControl(Composite parent) {
        Composite page = page(parent, "cutsets");
        counts = new Label(page, SWT.NONE);
        counts.setFont(new Look(page).small());
        Style.MUTED.on(counts);
        counts.setData("standfest.id", "cutsets.counts");
        GridDataFactory.fillDefaults().grab(true, false).indent(12, 0).applyTo(counts);
        rows(page, Combination.class, "cutsets.table")
                .number(text("column.order"), it -> String.valueOf(it.order()))
                .light(
                        text("column.together"),
                        it -> it.order() == 1 ? Light.ATTENTION : null,
                        it -> String.join("  +  ", it.names()))
                .number(text("column.down"), it -> header().figures().minutes(it.minutesPerYear()))
                .number(text("column.services"), it -> String.valueOf(it.services()));
        GridDataFactory.fillDefaults().grab(true, true).applyTo(rows().host());
        header().open();
    }

    @Override
    List<Combination> wanted() {
        return header().result()
                .map(it -> Combination.of(it, header().service(), header().locale()))
                .orElse(List.of());
    }

    @Override
    void refreshed(Combination before) {
        rows().host().setVisible(!shown().isEmpty());
        counts.setText(shown().isEmpty() ? "" : told());
        counts.setToolTipText(counts.getText());
    }

    /** How many there are of each order; exact for one service, unless it was beyond the limits. */
    private String told() {
        List<ServiceAvailability> services =
                WeakSpot.chosen(header().result().orElseThrow(), header().service());
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
                        text(
                                order == 1 ? "cutsets.order.one" : "cutsets.order",
                                byOrder.get(order),
                                order));
            }
        }
        if (more.signum() > 0) {
            parts.add(text("cutsets.more", more));
        }
        return text("cutsets.all", String.join(", ", parts));
    }

    @Override
    void chosen(Combination combination, TopologyDocument open) {
        select(open, combination.elementIds(), Map.of());
    }
}
