package org.standfest.designer.ui.internal.analysis;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.ServiceObjectives;
import org.standfest.analysis.classes.BsiClass;
import org.standfest.designer.ui.internal.drawing.ServiceNotes;
import org.standfest.drawing.ui.canvas.PaintedArea;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Light;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How available every service is, the worst first; beside it, for the chosen one, what contributes
 * to its downtime and how long its outages last.
 */
public final class AvailabilityView extends ViewPart {

    private static final Catalog TEXTS = AnalysisHeader.TEXTS;
    private static final int BARS = 8;

    private AnalysisHeader header;
    private SashForm halves;
    private Rows<ServiceAvailability> rows;
    private PaintedArea contributions;
    private PaintedArea durations;
    private List<ServiceAvailability> shown = List.of();

    @Override
    public void createPartControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(page);
        header = new AnalysisHeader(page, getSite().getPage(), "availability", this::show);
        halves = new SashForm(page, SWT.HORIZONTAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(halves);
        rows = new Rows<>(halves, ServiceAvailability.class, "availability.table");
        rows.light(
                        text("column.service"),
                        30,
                        it -> it.singlePoints().isEmpty() ? Light.IN_ORDER : Light.ATTENTION,
                        it -> it.goal().serviceName())
                .number(text("column.availability"), 16, this::availability)
                .number(
                        text("column.downtime"),
                        16,
                        it -> header.figures().downtime(it.unavailability()))
                .text(text("column.class"), 9, it -> BsiClass.rate(it.unavailability()).grade())
                .number(text("column.singles"), 13, it -> String.valueOf(it.singlePoints().size()));
        rows.viewer().addPostSelectionChangedListener(event -> chosen());
        contributions = new PaintedArea(halves);
        contributions.setData("standfest.id", "availability.contributions");
        durations = new PaintedArea(halves);
        durations.setData("standfest.id", "availability.durations");
        halves.setWeights(46, 28, 26);
        header.open();
    }

    private String text(String key) {
        return TEXTS.text(Locale.getDefault(), key);
    }

    /** With a sign for what kind of number it is, as in the drawing. */
    private String availability(ServiceAvailability service) {
        return header.result()
                .map(it -> ServiceNotes.availability(it, service, header.locale()))
                .orElse("");
    }

    private void show() {
        if (halves.isDisposed()) {
            return;
        }
        Optional<AnalysisResult> result = header.result();
        List<ServiceAvailability> next =
                result.map(it -> WeakSpot.chosen(it, Optional.empty())).orElse(List.of());
        halves.setVisible(!next.isEmpty());
        if (!next.equals(shown)) {
            shown = next;
            rows.viewer().setInput(shown);
        }
        header.service()
                .flatMap(id -> shown.stream().filter(is(id)).findFirst())
                .filter(it -> it != rows.chosen())
                .ifPresent(it -> rows.viewer().setSelection(new StructuredSelection(it), true));
        if (!next.isEmpty()) {
            charts(result.orElseThrow());
        }
    }

    private static java.util.function.Predicate<ServiceAvailability> is(String id) {
        return it -> it.goal().serviceId().equals(id);
    }

    private void charts(AnalysisResult result) {
        Charts charts = new Charts(header.figures());
        List<WeakSpot> spots =
                WeakSpot.of(result, header.service(), header.locale()).stream()
                        .filter(it -> it.minutesPerYear() > 0)
                        .limit(BARS)
                        .toList();
        String name =
                header.service()
                        .flatMap(id -> shown.stream().filter(is(id)).findFirst())
                        .map(it -> it.goal().serviceName())
                        .orElse(text("service.all"));
        contributions.show(
                (painter, area) -> charts.contributions(painter, area, spots, name),
                charts.contributionsInWords(spots),
                Charts.height(spots.size()));
        String service = header.service().orElse(shown.getFirst().goal().serviceId());
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

    private void chosen() {
        ServiceAvailability service = rows.chosen();
        if (service != null) {
            String id = service.goal().serviceId();
            header.document()
                    .ifPresent(
                            open -> {
                                open.analysis().look(Optional.of(id));
                                open.find(id).ifPresent(it -> open.select(List.of(it), this));
                            });
        }
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
