package org.standfest.designer.ui.internal.variants;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.ui.IEditorReference;
import org.eclipse.ui.part.ViewPart;
import org.standfest.analysis.reports.VariantFigures;
import org.standfest.analysis.reports.VariantFigures.Row;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.DocumentTracker;
import org.standfest.designer.ui.internal.editor.LiveAnalysis;
import org.standfest.designer.ui.internal.editor.TopologyEditor;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.compare.DiffText;
import org.standfest.topology.compare.Difference;
import org.standfest.topology.compare.TopologyDiff;
import org.standfest.topology.files.TopologyFiles;
import org.standfest.workbench.ui.OutcomePresenter;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightLabel;
import org.standfest.workbench.ui.look.Look;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The topology in front beside another one: figures on the left, differences on the right, marks in
 * the drawing. The other is an open one or a file.
 */
public final class CompareView extends ViewPart implements TopologyDocument.Listener {

    private static final Catalog TEXTS = Catalog.beside(CompareView.class);

    private final Locale locale = Locale.getDefault();
    private final List<TopologyDocument> others = new ArrayList<>();
    private Optional<TopologyDocument> document = Optional.empty();
    private Optional<TopologyDocument> last = Optional.empty();
    private Optional<TopologyDocument> other = Optional.empty();
    private final TopologyDocument.Listener otherSide =
            new TopologyDocument.Listener() {
                @Override
                public void modelChanged() {
                    CompareView.this.modelChanged();
                }

                @Override
                public void analysisChanged() {
                    CompareView.this.analysisChanged();
                }
            };
    private Optional<LiveAnalysis> reading = Optional.empty();
    private DocumentTracker tracker;
    private boolean pending;
    private LightLabel summary;
    private Combo choice;
    private SashForm halves;
    private Table figures;
    private Table differences;

    @Override
    public void createPartControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).spacing(8, 6).applyTo(page);
        Look look = new Look(page);
        Label with = new Label(page, SWT.NONE);
        with.setText(text("with"));
        GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).indent(12, 6).applyTo(with);
        choice = new Combo(page, SWT.READ_ONLY | SWT.DROP_DOWN);
        choice.setData("standfest.id", "compare.with");
        choice.addListener(SWT.Selection, _ -> chosen());
        GridDataFactory.fillDefaults().hint(260, SWT.DEFAULT).indent(0, 6).applyTo(choice);
        summary = new LightLabel(page);
        summary.setFont(look.text());
        summary.setData("standfest.id", "compare.summary");
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .indent(0, 6)
                .applyTo(summary);
        halves = new SashForm(page, SWT.HORIZONTAL);
        GridDataFactory.fillDefaults().grab(true, true).span(3, 1).applyTo(halves);
        figures =
                table(
                        "compare.figures",
                        "column.figure",
                        "column.other",
                        "column.this",
                        "column.is");
        differences = table("compare.differences", "column.difference");
        differences.addListener(SWT.Selection, event -> show(event.item.getData()));
        halves.setWeights(3, 2);
        tracker = new DocumentTracker(getSite().getPage(), this::follow);
        tracker.open();
    }

    private String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }

    private Table table(String id, String... heads) {
        Composite host = new Composite(halves, SWT.NONE);
        TableColumnLayout columns = new TableColumnLayout();
        host.setLayout(columns);
        Table table = new Table(host, SWT.FULL_SELECTION | SWT.V_SCROLL);
        table.setHeaderVisible(true);
        table.setData("standfest.id", id);
        for (String head : heads) {
            boolean figure = head.equals("column.other") || head.equals("column.this");
            TableColumn column = new TableColumn(table, figure ? SWT.RIGHT : SWT.NONE);
            column.setText(text(head));
            boolean name = head.equals("column.figure") || head.equals("column.difference");
            columns.setColumnData(column, new ColumnWeightData(name ? 40 : 20, 60, true));
        }
        return table;
    }

    private void follow(Optional<TopologyDocument> following) {
        leave();
        if (following.isPresent() && following.equals(other)) {
            // The other came to the front: it is the same comparison from its side.
            compareWith(last);
        }
        document = following;
        last = following.or(() -> last);
        document.ifPresent(now -> now.add(this));
        if (!choice.isDisposed()) {
            offer();
            compare();
        }
    }

    private void leave() {
        document.ifPresent(
                old -> {
                    old.remove(this);
                    old.analysis().mark(Map.of());
                });
    }

    /** The other open topologies, and any file. */
    private void offer() {
        others.clear();
        for (IEditorReference each : getSite().getPage().getEditorReferences()) {
            if (each.getEditor(false) instanceof TopologyEditor editor
                    && document.filter(it -> it == editor.document()).isEmpty()) {
                others.add(editor.document());
            }
        }
        choice.removeAll();
        others.forEach(it -> choice.add(it.title()));
        choice.add(text("file"));
        choice.setEnabled(document.isPresent());
        other.ifPresent(
                it -> {
                    if (!others.contains(it)) {
                        // Closed meanwhile, or never open: a file.
                        others.add(it);
                        choice.add(it.title(), others.size() - 1);
                    }
                    choice.select(others.indexOf(it));
                });
    }

    private void chosen() {
        int at = choice.getSelectionIndex();
        if (at < others.size()) {
            compareWith(Optional.of(others.get(at)));
        } else {
            FileDialog dialog = new FileDialog(getSite().getShell(), SWT.OPEN);
            dialog.setFilterExtensions(new String[] {"*" + TopologyFiles.FILE_ENDING});
            Optional.ofNullable(dialog.open()).ifPresent(file -> read(Path.of(file)));
            offer();
        }
        compare();
    }

    private void read(Path file) {
        Outcome<TopologyDocument> read = TopologyDocument.openExample(file, locale);
        Optional<TopologyDocument> opened =
                new OutcomePresenter(locale).ask(getSite().getShell(), read);
        if (opened.isPresent()) {
            stopReading();
            // It has no editor that would calculate its availability.
            LiveAnalysis analysis =
                    new LiveAnalysis(opened.get(), choice.getDisplay(), InstantSource.system());
            analysis.changed();
            reading = Optional.of(analysis);
            compareWith(opened);
        }
    }

    private void stopReading() {
        reading.ifPresent(LiveAnalysis::close);
        reading = Optional.empty();
    }

    private void compareWith(Optional<TopologyDocument> next) {
        other.ifPresent(old -> old.remove(otherSide));
        other = next;
        other.ifPresent(now -> now.add(otherSide));
    }

    @Override
    public void modelChanged() {
        if (!pending && !halves.isDisposed()) {
            pending = true;
            halves.getDisplay()
                    .asyncExec(
                            () -> {
                                pending = false;
                                if (!halves.isDisposed()) {
                                    compare();
                                }
                            });
        }
    }

    @Override
    public void analysisChanged() {
        if (document.isPresent() && other.isPresent() && !halves.isDisposed()) {
            figures();
        }
    }

    private void compare() {
        figures.removeAll();
        differences.removeAll();
        halves.setVisible(document.isPresent() && other.isPresent());
        if (document.isEmpty() || other.isEmpty()) {
            summary.show(Light.UNKNOWN, text(document.isEmpty() ? "none-open" : "choose"));
            return;
        }
        TopologyDocument open = document.get();
        List<Difference> found = TopologyDiff.between(other.get().topology(), open.topology());
        DiffText words = new DiffText(locale);
        for (Difference each : found) {
            for (String line : words.lines(List.of(each))) {
                TableItem row = new TableItem(differences, SWT.NONE);
                row.setText(line);
                row.setData(each.element().getId());
            }
        }
        summary.show(
                found.isEmpty() ? Light.IN_ORDER : Light.PLANNED,
                text(key(found.size()), found.size(), open.title()));
        summary.setToolTipText(summary.word());
        figures();
        open.analysis().mark(DifferenceMarks.of(found, locale));
        summary.getParent().layout(true, true);
    }

    private static String key(int differences) {
        return switch (differences) {
            case 0 -> "none";
            case 1 -> "one";
            default -> "count";
        };
    }

    private void figures() {
        figures.removeAll();
        List<Row> rows =
                new ArrayList<>(
                        VariantFigures.of(
                                other.orElseThrow().topology(),
                                document.orElseThrow().topology(),
                                other.get().analysis().state().result(),
                                document.get().analysis().state().result(),
                                locale));
        // What differs is what people look for.
        rows.sort(Comparator.comparing(each -> each.verdict() == VariantFigures.Verdict.SAME));
        for (Row each : rows) {
            new TableItem(figures, SWT.NONE)
                    .setText(
                            new String[] {
                                each.name(),
                                each.before(),
                                each.after(),
                                text("verdict." + each.verdict().name())
                            });
        }
    }

    private void show(Object id) {
        document.flatMap(open -> open.find(String.valueOf(id)))
                .ifPresent(it -> document.get().select(List.of(it), this));
    }

    @Override
    public void setFocus() {
        offer();
        choice.setFocus();
    }

    @Override
    public void dispose() {
        tracker.close();
        stopReading();
        compareWith(Optional.empty());
        leave();
        super.dispose();
    }
}
