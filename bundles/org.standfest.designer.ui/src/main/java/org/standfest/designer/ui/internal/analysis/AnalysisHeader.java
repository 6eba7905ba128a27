package org.standfest.designer.ui.internal.analysis;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbenchPage;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.reports.FigureText;
import org.standfest.designer.ui.internal.document.AnalysisState;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.DocumentTracker;
import org.standfest.results.Catalog;
import org.standfest.topology.Service;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightLabel;
import org.standfest.workbench.ui.look.Look;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of every view of the analysis: how far it is, in words, with what stops it or begins
 * again, and which service is looked at. Follows the document in front. User interface thread only.
 */
final class AnalysisHeader implements TopologyDocument.Listener {

    static final Catalog TEXTS = Catalog.beside(AnalysisHeader.class);

    /** Less of the downtime from default figures is not worth a word. */
    private static final double LITTLE = 0.005;

    private final Locale locale = Locale.getDefault();
    private final FigureText figures = new FigureText(locale);
    private final Composite row;
    private final LightLabel summary;
    private final Combo services;
    private final Button act;
    private final Runnable changed;
    private final DocumentTracker tracker;
    private final List<String> ids = new ArrayList<>();
    private Optional<TopologyDocument> document = Optional.empty();
    private String names = "";

    /**
     * @param page the view's whole, with a grid of one column
     * @param id of the widgets, for tests
     * @param changed told when there is something else to show
     */
    AnalysisHeader(Composite page, IWorkbenchPage workbench, String id, Runnable changed) {
        this.changed = changed;
        row = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).margins(12, 4).spacing(12, 0).applyTo(row);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        summary = new LightLabel(row);
        summary.setFont(new Look(row).text());
        summary.setData("standfest.id", id + ".summary");
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(summary);
        act = new Button(row, SWT.PUSH);
        act.setData("standfest.id", id + ".act");
        act.addListener(SWT.Selection, event -> act());
        GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).applyTo(act);
        services = new Combo(row, SWT.READ_ONLY);
        services.setData("standfest.id", id + ".service");
        services.setToolTipText(TEXTS.text(locale, "service.tip"));
        services.addListener(SWT.Selection, event -> chosen());
        GridDataFactory.fillDefaults()
                .align(SWT.END, SWT.CENTER)
                .hint(180, SWT.DEFAULT)
                .applyTo(services);
        tracker = new DocumentTracker(workbench, this::follow);
    }

    /** Begins; the listener is told at once. */
    void open() {
        tracker.open();
    }

    /** Ends. */
    void close() {
        tracker.close();
        document.ifPresent(old -> old.remove(this));
    }

    /** The document in front. */
    Optional<TopologyDocument> document() {
        return document;
    }

    /** Its result, if there is one. */
    Optional<AnalysisResult> result() {
        return document.flatMap(open -> open.analysis().state().result());
    }

    /** The service that is looked at; empty for all. */
    Optional<String> service() {
        return document.flatMap(open -> open.analysis().service());
    }

    Locale locale() {
        return locale;
    }

    FigureText figures() {
        return figures;
    }

    private void follow(Optional<TopologyDocument> following) {
        document.ifPresent(old -> old.remove(this));
        document = following;
        document.ifPresent(now -> now.add(this));
        analysisChanged();
    }

    @Override
    public void analysisChanged() {
        if (row.isDisposed()) {
            return;
        }
        summarize();
        fill();
        summary.setToolTipText(tip());
        changed.run();
    }

    /** The line in full; of a failure also what it means and what to do. */
    private String tip() {
        return document.flatMap(open -> open.analysis().state().problem())
                .map(it -> it.inFull(locale))
                .orElse(summary.word());
    }

    /** A service that is chosen elsewhere, in tree or drawing, is looked at here. */
    @Override
    public void selectionChanged(Object source) {
        boolean ours = source instanceof AnalysisView<?>;
        document.filter(open -> !ours && open.selection().size() == 1)
                .ifPresent(
                        open -> {
                            if (open.selection().getFirst() instanceof Service service) {
                                open.analysis().look(Optional.of(service.getId()));
                            }
                        });
    }

    private void summarize() {
        AnalysisState state =
                document.map(open -> open.analysis().state()).orElse(AnalysisState.NONE);
        boolean runs = state.phase() == AnalysisState.Phase.RUNNING;
        boolean stale = state.phase() == AnalysisState.Phase.CANCELLED;
        act.setText(TEXTS.text(locale, runs ? "act.cancel" : "act.again"));
        boolean offered = runs || stale || state.phase() == AnalysisState.Phase.FAILED;
        act.setVisible(offered);
        ((GridData) act.getLayoutData()).exclude = !offered;
        if (document.isEmpty()) {
            summary.show(Light.UNKNOWN, TEXTS.text(locale, "none-open"));
            return;
        }
        switch (state.phase()) {
            case NOT_YET -> summary.show(Light.UNKNOWN, TEXTS.text(locale, "not-yet"));
            case RUNNING ->
                    summary.show(
                            Light.UNKNOWN,
                            state.of() == 0
                                    ? TEXTS.text(locale, "running")
                                    : TEXTS.text(locale, "running.of", state.done(), state.of()));
            case CANCELLED ->
                    summary.show(
                            Light.ATTENTION,
                            TEXTS.text(
                                    locale,
                                    state.result()
                                            .map(it -> it.complete() ? ".old" : ".part")
                                            .map("cancelled"::concat)
                                            .orElse("cancelled"),
                                    state.done(),
                                    state.of()));
            case FAILED ->
                    summary.show(
                            Light.DOWN, state.problem().map(it -> it.happened(locale)).orElse(""));
            case READY -> state.result().ifPresent(this::ready);
        }
    }

    private void ready(AnalysisResult result) {
        List<ServiceAvailability> shown = WeakSpot.chosen(result, service());
        if (shown.isEmpty()) {
            summary.show(Light.UNKNOWN, TEXTS.text(locale, "no-services"));
            return;
        }
        ServiceAvailability worst = shown.getFirst();
        boolean one = service().isPresent();
        summary.show(
                worst.singlePoints().isEmpty() ? Light.IN_ORDER : Light.ATTENTION,
                TEXTS.text(
                        locale,
                        (one ? "ready.one" : "ready.all")
                                + (worst.singlePoints().isEmpty() ? ".redundant" : ""),
                        worst.goal().serviceName(),
                        figures.availability(worst.unavailability()),
                        figures.downtime(worst.unavailability()),
                        worst.singlePoints().size(),
                        quality(result.quality(worst))));
    }

    /** What kind of number it is, and how much of it nobody has measured: in the same line. */
    private String quality(AnalysisResult.Quality quality) {
        String kind = TEXTS.text(locale, "quality." + quality.kind());
        return quality.defaultShare() < LITTLE
                ? kind
                : TEXTS.text(
                        locale, "quality.default", kind, figures.share(quality.defaultShare()));
    }

    /** The list of services changes only when there are others: an open list stays open. */
    private void fill() {
        ids.clear();
        List<String> items = new ArrayList<>();
        items.add(TEXTS.text(locale, "service.all"));
        result().map(it -> WeakSpot.chosen(it, Optional.empty())).orElse(List.of()).stream()
                .sorted(
                        (a, b) ->
                                a.goal().serviceName().compareToIgnoreCase(b.goal().serviceName()))
                .forEach(
                        it -> {
                            ids.add(it.goal().serviceId());
                            items.add(it.goal().serviceName());
                        });
        services.setVisible(ids.size() > 1);
        ((GridData) services.getLayoutData()).exclude = ids.size() <= 1;
        String now = String.join("\n", items);
        if (!now.equals(names)) {
            names = now;
            services.setItems(items.toArray(String[]::new));
        }
        int index = service().map(ids::indexOf).orElse(-1) + 1;
        if (services.getSelectionIndex() != index) {
            services.select(index);
        }
        row.layout();
    }

    private void chosen() {
        int index = services.getSelectionIndex() - 1;
        document.ifPresent(
                open ->
                        open.analysis()
                                .look(index < 0 ? Optional.empty() : Optional.of(ids.get(index))));
    }

    private void act() {
        document.ifPresent(
                open -> {
                    if (open.analysis().state().phase() == AnalysisState.Phase.RUNNING) {
                        open.analysis().cancel();
                    } else {
                        open.analysis().restart();
                    }
                });
    }
}
