package org.standfest.designer.ui.internal.findings;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.part.ViewPart;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.DocumentTracker;
import org.standfest.designer.ui.internal.fixing.Fixing;
import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightLabel;
import org.standfest.workbench.ui.look.LightPainter;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.ScrolledPage;
import org.standfest.workbench.ui.look.Style;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What the rules found: where and what in a list, why it matters and what to do beside it. */
public final class FindingsView extends ViewPart implements TopologyDocument.Listener {

    private static final Catalog TEXTS = Catalog.beside(FindingsView.class);

    private final Locale locale = Locale.getDefault();
    private LightLabel summary;
    private SashForm halves;
    private TableViewer table;
    private Label what;
    private Label why;
    private Label next;
    private Label nextHead;
    private ScrolledPage detail;
    private Composite ways;
    private Look look;
    private DocumentTracker tracker;
    private Optional<TopologyDocument> document = Optional.empty();

    @Override
    public void createPartControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(page);
        look = new Look(page);
        summary = new LightLabel(page);
        summary.setFont(look.text());
        summary.setData("standfest.id", "findings.summary");
        GridDataFactory.fillDefaults().grab(true, false).indent(12, 6).applyTo(summary);
        halves = new SashForm(page, SWT.HORIZONTAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(halves);
        table();
        detail();
        halves.setWeights(3, 2);
        tracker = new DocumentTracker(getSite().getPage(), this::follow);
        tracker.open();
    }

    private void table() {
        Composite host = new Composite(halves, SWT.NONE);
        TableColumnLayout columns = new TableColumnLayout();
        host.setLayout(columns);
        table = new TableViewer(host, SWT.FULL_SELECTION | SWT.V_SCROLL);
        table.setContentProvider(ArrayContentProvider.getInstance());
        table.getTable().setHeaderVisible(true);
        table.getTable().setData("standfest.id", "findings.table");
        column(columns, "column.severity", 14, this::severity, true);
        column(columns, "column.element", 26, Finding::elementName, false);
        column(columns, "column.what", 60, each -> each.explanation().happened(locale), false);
        table.addSelectionChangedListener(
                event -> chosen((Finding) event.getStructuredSelection().getFirstElement()));
    }

    private void column(
            TableColumnLayout columns,
            String key,
            int weight,
            Function<Finding, String> words,
            boolean light) {
        TableViewerColumn column = new TableViewerColumn(table, SWT.NONE);
        column.getColumn().setText(TEXTS.text(locale, key));
        columns.setColumnData(column.getColumn(), new ColumnWeightData(weight, 80, true));
        column.setLabelProvider(
                new ColumnLabelProvider() {
                    @Override
                    public String getText(Object row) {
                        return words.apply((Finding) row);
                    }

                    @Override
                    public Image getImage(Object row) {
                        return light
                                ? look.image(
                                        LightPainter.image(
                                                Light.of(((Finding) row).severity()),
                                                look.shades(),
                                                12))
                                : null;
                    }
                });
    }

    private String severity(Finding finding) {
        return TEXTS.text(locale, "severity." + finding.severity());
    }

    private void detail() {
        detail = new ScrolledPage(halves);
        GridLayoutFactory.fillDefaults().margins(16, 4).spacing(0, 4).applyTo(detail.page());
        what = line(look.strong());
        why = line(look.text());
        nextHead = line(look.smallStrong());
        Style.MUTED.on(nextHead);
        next = line(look.text());
        ways = new Composite(detail.page(), SWT.NONE);
        GridLayoutFactory.fillDefaults().extendedMargins(0, 0, 4, 0).applyTo(ways);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(ways);
        ways.setData("standfest.id", "findings.ways");
    }

    /** One line to click for each way out. */
    private void offer(Finding finding) {
        for (Control old : ways.getChildren()) {
            old.dispose();
        }
        if (finding == null || document.isEmpty()) {
            return;
        }
        Fixing fixing = Fixing.of(document.get(), locale);
        for (String name : fixing.names(finding)) {
            Link way = new Link(ways, SWT.WRAP);
            way.setText("<a>" + name.replace("&", "&&").replace("<", "\u2039") + "</a>");
            way.setData("standfest.id", "findings.way." + (ways.getChildren().length - 1));
            way.addListener(SWT.Selection, _ -> fixing.fix(finding, name));
            GridDataFactory.fillDefaults().grab(true, false).hint(120, SWT.DEFAULT).applyTo(way);
        }
    }

    private Label line(org.eclipse.swt.graphics.Font font) {
        Label label = new Label(detail.page(), SWT.WRAP);
        label.setFont(font);
        GridDataFactory.fillDefaults().grab(true, false).hint(120, SWT.DEFAULT).applyTo(label);
        return label;
    }

    private void follow(Optional<TopologyDocument> following) {
        document.ifPresent(old -> old.remove(this));
        document = following;
        document.ifPresent(now -> now.add(this));
        show();
    }

    @Override
    public void reportChanged() {
        show();
    }

    @Override
    public void selectionChanged(Object source) {
        if (source != this && document.isPresent() && !document.get().selection().isEmpty()) {
            table.setSelection(StructuredSelection.EMPTY);
        }
    }

    private void show() {
        if (table.getControl().isDisposed()) {
            return;
        }
        List<Finding> findings = document.map(open -> open.report().findings()).orElse(List.of());
        Finding before = (Finding) table.getStructuredSelection().getFirstElement();
        table.setInput(findings);
        halves.setVisible(!findings.isEmpty());
        summarize();
        if (before != null && findings.contains(before)) {
            table.setSelection(new StructuredSelection(before));
        }
        explain(before != null && findings.contains(before) ? before : null);
    }

    private void summarize() {
        if (document.isEmpty()) {
            summary.show(Light.UNKNOWN, TEXTS.text(locale, "none-open"));
            return;
        }
        var report = document.get().report();
        if (report.rules() == 0) {
            summary.show(Light.UNKNOWN, TEXTS.text(locale, "not-yet"));
        } else if (report.findings().isEmpty()) {
            summary.show(Light.IN_ORDER, TEXTS.text(locale, "fine", report.rules()));
        } else {
            summary.show(
                    Light.of(report.worst().orElse(Severity.HINT)),
                    TEXTS.text(
                            locale,
                            "counts",
                            counted(Severity.ERROR),
                            counted(Severity.WARNING),
                            counted(Severity.HINT)));
        }
    }

    private String counted(Severity severity) {
        long count = document.orElseThrow().report().count(severity);
        return TEXTS.text(locale, (count == 1 ? "one." : "count.") + severity, count);
    }

    private void chosen(Finding finding) {
        explain(finding);
        if (finding != null && document.isPresent()) {
            TopologyDocument open = document.get();
            open.find(finding.elementId())
                    .ifPresent(element -> open.select(List.of(element), this));
        }
    }

    private void explain(Finding finding) {
        what.setText(finding == null ? "" : finding.explanation().happened(locale));
        // A hint is no headline.
        what.setVisible(finding != null);
        ((GridData) what.getLayoutData()).exclude = finding == null;
        String none = TEXTS.text(locale, "choose");
        why.setText(finding == null ? none : finding.explanation().meaning(locale));
        nextHead.setText(finding == null ? "" : TEXTS.text(locale, "next"));
        next.setText(finding == null ? "" : finding.explanation().next(locale));
        offer(finding);
        detail.arrange();
    }

    @Override
    public void setFocus() {
        table.getControl().setFocus();
    }

    @Override
    public void dispose() {
        tracker.close();
        document.ifPresent(old -> old.remove(this));
        super.dispose();
    }
}
