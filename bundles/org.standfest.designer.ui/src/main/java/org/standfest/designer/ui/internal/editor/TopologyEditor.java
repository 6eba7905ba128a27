package org.standfest.designer.ui.internal.editor;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.ISaveablePart2;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.EditorPart;
import org.standfest.designer.ui.internal.document.RecentFiles;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.drawing.Layer;
import org.standfest.designer.ui.internal.drawing.ServiceNotes;
import org.standfest.designer.ui.internal.drawing.TopologyScene;
import org.standfest.designer.ui.internal.export.DrawingExport;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.canvas.DrawingCanvas;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.Element;
import org.standfest.topology.files.TopologyFiles;
import org.standfest.workbench.ui.OutcomePresenter;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The drawing of one topology, with saving. */
public final class TopologyEditor extends EditorPart implements ISaveablePart2 {

    /** The editor's id. */
    public static final String ID = "org.standfest.designer.ui.editor";

    private static final Catalog TEXTS = Catalog.beside(TopologyEditor.class);
    private static final InstantSource CLOCK = InstantSource.system();

    private final Locale locale = Locale.getDefault();
    private final OutcomePresenter presenter = new OutcomePresenter(locale);
    private final Watcher watcher = new Watcher();
    private TopologyDocument document;
    private DrawingTools tools;
    private DrawingCanvas canvas;
    private LiveFindings findings;
    private LiveAnalysis analysis;
    private LiveLayout layout;
    private Map<String, String> notes = Map.of();

    /** What is edited. */
    public TopologyDocument document() {
        return document;
    }

    /** What edits on it. */
    public DrawingTools tools() {
        return tools;
    }

    /** The drawing. */
    public DrawingCanvas canvas() {
        return canvas;
    }

    @Override
    public void init(IEditorSite site, IEditorInput input) throws PartInitException {
        if (!(input instanceof TopologyInput topology)) {
            throw new PartInitException("not a topology");
        }
        setSite(site);
        setInput(input);
        document = topology.document();
        setPartName(document.title());
    }

    @Override
    public void createPartControl(Composite parent) {
        tools =
                new DrawingTools(
                        parent,
                        document,
                        locale,
                        () -> PropertiesOpener.show(getSite().getPage()),
                        this::redraw,
                        file -> OpenFile.open(getSite(), file));
        canvas = tools.canvas();
        canvas.onSelect(this::select);
        document.add(watcher);
        layout = new LiveLayout(document, canvas.getDisplay(), locale, this::arranged);
        redraw();
        layout.start();
        findings = new LiveFindings(document, canvas.getDisplay(), CLOCK);
        findings.changed();
        analysis = new LiveAnalysis(document, canvas.getDisplay(), CLOCK);
        analysis.changed();
        tellStatus();
    }

    private void select(List<String> ids) {
        List<Element> elements = ids.stream().flatMap(id -> document.find(id).stream()).toList();
        document.select(elements, canvas);
    }

    private Scene drawing() {
        notes = ServiceNotes.of(document.analysis().state(), locale);
        TopologyScene drawing =
                new TopologyScene(
                        document.topology(),
                        document.words(),
                        locale,
                        document.report().findings(),
                        notes);
        return Layer.without(drawing.scene(layout.rows()), tools.hidden());
    }

    private void redraw() {
        canvas.show(drawing());
        // What is new could not be marked before it was drawn.
        outlineSelection();
        canvas.mark(drawn(document.analysis().marks()));
    }

    private void outlineSelection() {
        canvas.select(
                document.selection().stream()
                        .filter(Element.class::isInstance)
                        .map(each -> figure(((Element) each).getId()))
                        .collect(Collectors.toSet()));
    }

    /** What the automatic layout found is shown, everything glides there. */
    private void arranged() {
        if (!canvas.isDisposed()) {
            canvas.glide(drawing());
        }
    }

    /** Lets the automatic layout place what no person has given a place. */
    public void arrange() {
        tools.edits().unpinFree();
        layout.start();
        canvas.setFocus();
    }

    /** Lets the person find an element, and shows it. */
    public void jump() {
        new JumpDialog(getSite().getShell(), document, locale)
                .ask()
                .ifPresent(found -> document.select(List.of(found), this));
        canvas.setFocus();
    }

    /** Asks for a file and writes the drawing into it. */
    public void export() {
        DrawingExport export = new DrawingExport(canvas.getDisplay(), locale, CLOCK);
        export.ask(getSite().getShell(), document.title()).ifPresent(this::exportTo);
    }

    /** Writes the drawing; the ending of the file says as what. */
    public void exportTo(Path file) {
        DrawingExport export = new DrawingExport(canvas.getDisplay(), locale, CLOCK);
        Outcome<Path> written = export.write(canvas.scene(), document.title(), file);
        if (presenter.check(getSite().getShell(), written)) {
            tell(TEXTS.text(locale, "status.exported", file.getFileName()));
        }
    }

    /** Prints the drawing. */
    public void print() {
        new DrawingExport(canvas.getDisplay(), locale, CLOCK)
                .print(getSite().getShell(), canvas.scene(), document.title());
    }

    private void tell(String words) {
        getEditorSite().getActionBars().getStatusLineManager().setMessage(words);
    }

    /** The marks at the figures that stand for their elements. */
    private Map<String, String> drawn(Map<String, String> marks) {
        Map<String, String> found = new LinkedHashMap<>();
        marks.forEach((id, mark) -> found.merge(figure(id), mark, (a, b) -> a + " " + b));
        return found;
    }

    /** The figure of an element, or of what it lies in; the id itself where there is none. */
    private String figure(String id) {
        EObject each = document.find(id).orElse(null);
        while (each instanceof Element element) {
            if (canvas.index().place(element.getId()).isPresent()) {
                return element.getId();
            }
            each = each.eContainer();
        }
        return id;
    }

    private void tellStatus() {
        int count = document.report().findings().size();
        String key = count == 0 ? "status.fine" : count == 1 ? "status.finding" : "status.findings";
        tell(
                TEXTS.text(
                        locale,
                        document.report().rules() == 0 ? "status.open" : key,
                        document.title(),
                        count));
    }

    @Override
    public boolean isDirty() {
        return document.dirty();
    }

    @Override
    public boolean isSaveAsAllowed() {
        return true;
    }

    @Override
    public void doSave(IProgressMonitor monitor) {
        if (document.file().isEmpty()) {
            doSaveAs();
            return;
        }
        finish(document.save(), monitor);
    }

    @Override
    public void doSaveAs() {
        FileDialog dialog = new FileDialog(getSite().getShell(), SWT.SAVE);
        dialog.setText(TEXTS.text(locale, "save.as"));
        dialog.setFilterExtensions(new String[] {"*" + TopologyFiles.FILE_ENDING});
        dialog.setFilterNames(new String[] {TEXTS.text(locale, "file.kind")});
        dialog.setFileName(document.title() + TopologyFiles.FILE_ENDING);
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            saveTo(Path.of(chosen));
        }
    }

    /** Saves to a place, with the file ending if it was not typed. */
    public void saveTo(Path chosen) {
        String name = chosen.getFileName().toString();
        Path place =
                name.endsWith(TopologyFiles.FILE_ENDING)
                        ? chosen
                        : chosen.resolveSibling(name + TopologyFiles.FILE_ENDING);
        finish(document.saveAs(place), null);
        setPartName(document.title());
        setTitleToolTip(getEditorInput().getToolTipText());
    }

    private void finish(Outcome<Void> outcome, IProgressMonitor monitor) {
        boolean saved = presenter.check(getSite().getShell(), outcome);
        if (!saved && monitor != null) {
            monitor.setCanceled(true);
        }
        if (saved) {
            document.file().ifPresent(file -> new RecentFiles().opened(file));
            tell(TEXTS.text(locale, "status.saved", document.title()));
        }
    }

    @Override
    public int promptToSaveOnClose() {
        return new SaveDialog(getSite().getShell(), document.title(), locale).ask();
    }

    @Override
    public void setFocus() {
        canvas.setFocus();
        tellStatus();
    }

    @Override
    public void dispose() {
        document.remove(watcher);
        if (findings != null) {
            findings.close();
            analysis.close();
            layout.close();
        }
        super.dispose();
    }

    /** Keeps drawing, title and findings in step with the document. */
    private final class Watcher implements TopologyDocument.Listener {

        private boolean pending;

        @Override
        public void modelChanged() {
            findings.changed();
            analysis.changed();
            later();
        }

        @Override
        public void analysisChanged() {
            if (canvas.isDisposed()) {
                return;
            }
            if (notes.equals(ServiceNotes.of(document.analysis().state(), locale))) {
                canvas.mark(drawn(document.analysis().marks()));
            } else {
                later();
            }
        }

        @Override
        public void reportChanged() {
            later();
            tellStatus();
        }

        @Override
        public void commandDone() {
            firePropertyChange(IEditorPart.PROP_DIRTY);
        }

        @Override
        public void selectionChanged(Object source) {
            outlineSelection();
            if (source != canvas
                    && !document.selection().isEmpty()
                    && document.selection().getFirst() instanceof Element element) {
                canvas.reveal(figure(element.getId()));
            }
        }

        private void later() {
            if (!pending && !canvas.isDisposed()) {
                pending = true;
                canvas.getDisplay()
                        .asyncExec(
                                () -> {
                                    pending = false;
                                    if (!canvas.isDisposed()) {
                                        redraw();
                                    }
                                });
            }
        }
    }
}
