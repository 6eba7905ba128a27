package org.standfest.designer.ui.internal.analysis;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.capacity.CapacityAnalysis;
import org.standfest.analysis.capacity.CapacityReport.HostUse;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.drawing.ui.canvas.PaintedArea;
import org.standfest.workbench.ui.look.Light;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How full the hosts are, the fullest first; beside it the week of the chosen one. */
public final class CapacityView extends AnalysisView<HostUse> {

    private SashForm halves;
    private PaintedArea week;
    private AnalysisResult counted;
    private List<HostUse> hosts = List.of();

    @Override
    public void createPartControl(Composite parent) {
        Composite page = page(parent, "capacity");
        halves = new SashForm(page, SWT.HORIZONTAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(halves);
        rows(halves, HostUse.class, "capacity.table")
                .light(text("column.host"), CapacityView::light, HostUse::name)
                .number(text("column.peak"), it -> header().figures().share(it.peakPercent() / 100))
                .number(
                        text("column.target"),
                        it -> header().figures().share(it.targetPercent() / 100.0))
                .number(text("column.memory"), it -> header().figures().share(memory(it)))
                .text(text("column.load"), it -> text(it.loadStated() ? "load.yes" : "load.no"));
        week = new PaintedArea(halves);
        week.setData("standfest.id", "capacity.week");
        halves.setWeights(52, 48);
        header().open();
    }

    private static double memory(HostUse host) {
        return (double) host.usedMemoryMiB() / Math.max(1, host.memoryMiB());
    }

    private static Light light(HostUse host) {
        boolean full = host.peakPercent() > host.targetPercent() || memory(host) > 1;
        return full ? Light.ATTENTION : Light.IN_ORDER;
    }

    /** Counted once for each result, not for each step of the calculation. */
    @Override
    List<HostUse> wanted() {
        AnalysisResult result = header().result().orElse(null);
        if (result != counted) {
            counted = result;
            hosts =
                    result == null
                            ? List.of()
                            : header()
                                    .document()
                                    .map(open -> CapacityAnalysis.uses(open.topology()))
                                    .orElse(List.of())
                                    .stream()
                                    .filter(it -> it.cores() > 0)
                                    .sorted(
                                            Comparator.comparingDouble(HostUse::peakPercent)
                                                    .reversed())
                                    .toList();
        }
        return hosts;
    }

    @Override
    void refreshed(HostUse before) {
        halves.setVisible(!shown().isEmpty());
        if (before != null) {
            shown().stream()
                    .filter(it -> it.hostId().equals(before.hostId()))
                    .findFirst()
                    .ifPresent(it -> rows().viewer().setSelection(new StructuredSelection(it)));
        }
        draw();
    }

    private void draw() {
        if (shown().isEmpty()) {
            return;
        }
        HostUse host = rows().chosen() == null ? shown().getFirst() : rows().chosen();
        WeekChart chart = new WeekChart(header().figures());
        week.show(
                (painter, area) -> chart.paint(painter, area, host),
                chart.words(host),
                WeekChart.HEIGHT);
    }

    @Override
    void chosen(HostUse host, TopologyDocument open) {
        draw();
        select(open, List.of(host.hostId()), Map.of());
    }
}
