package org.standfest.designer.ui.internal.analysis;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.ServiceObjectives;
import org.standfest.analysis.classes.BsiClass;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.drawing.ServiceNotes;
import org.standfest.drawing.ui.canvas.PaintedArea;
import org.standfest.workbench.ui.look.Light;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How available every service is, the worst first; beside it, for the chosen one, what contributes
 * to its downtime and how long its outages last.
 */
public final class AvailabilityView extends AnalysisView<ServiceAvailability> {

    private static final int BARS = 8;

    private SashForm halves;
    private PaintedArea contributions;
    private PaintedArea durations;

    @Override
    public void createPartControl(Composite parent) {
        Composite page = page(parent, "availability");
        halves = new SashForm(page, SWT.HORIZONTAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(halves);
        rows(halves, ServiceAvailability.class, "availability.table")
                .light(
                        text("column.service"),
                        it -> it.singlePoints().isEmpty() ? Light.IN_ORDER : Light.ATTENTION,
                        it -> it.goal().serviceName())
                .number(text("column.availability"), this::availability)
                .number(
                        text("column.downtime"),
                        it -> header().figures().downtime(it.unavailability()))
                .text(text("column.class"), it -> BsiClass.rate(it.unavailability()).grade())
                .number(text("column.singles"), it -> String.valueOf(it.singlePoints().size()));
        contributions = new PaintedArea(halves);
        contributions.setData("standfest.id", "availability.contributions");
        durations = new PaintedArea(halves);
        durations.setData("standfest.id", "availability.durations");
        halves.setWeights(54, 24, 22);
        header().open();
    }

    /** With a sign for what kind of number it is, as in the drawing. */
    private String availability(ServiceAvailability service) {
        return header().result()
                .map(it -> ServiceNotes.availability(it, service, header().locale()))
                .orElse("");
    }

    @Override
    List<ServiceAvailability> wanted() {
        return header().result().map(it -> WeakSpot.chosen(it, Optional.empty())).orElse(List.of());
    }

    @Override
    void refreshed(ServiceAvailability before) {
        halves.setVisible(!shown().isEmpty());
        header().service()
                .flatMap(id -> shown().stream().filter(is(id)).findFirst())
                .filter(it -> it != rows().chosen())
                .ifPresent(it -> rows().viewer().setSelection(new StructuredSelection(it), true));
        if (!shown().isEmpty()) {
            charts(header().result().orElseThrow());
        }
    }

    private static Predicate<ServiceAvailability> is(String id) {
        return it -> it.goal().serviceId().equals(id);
    }

    private void charts(AnalysisResult result) {
        Charts charts = new Charts(header().figures());
        List<WeakSpot> spots =
                WeakSpot.of(result, header().service(), header().locale()).stream()
                        .filter(it -> it.minutesPerYear() > 0)
                        .limit(BARS)
                        .toList();
        String name =
                header().service()
                        .flatMap(id -> shown().stream().filter(is(id)).findFirst())
                        .map(it -> it.goal().serviceName())
                        .orElse(text("service.all"));
        contributions.show(
                (painter, area) -> charts.contributions(painter, area, spots, name),
                charts.contributionsInWords(spots),
                Charts.height(spots.size()));
        String service = header().service().orElse(shown().getFirst().goal().serviceId());
        Optional<ServiceObjectives> objectives =
                result.objectivesOf(service).filter(it -> it.outageHours().isPresent());
        durations.setVisible(objectives.isPresent());
        objectives.ifPresent(
                it ->
                        durations.show(
                                (painter, area) -> charts.durations(painter, area, it),
                                charts.durationsInWords(it),
                                160));
        halves.layout();
    }

    @Override
    void chosen(ServiceAvailability service, TopologyDocument open) {
        String id = service.goal().serviceId();
        open.analysis().look(Optional.of(id));
        open.find(id).ifPresent(it -> open.select(List.of(it), this));
    }
}
