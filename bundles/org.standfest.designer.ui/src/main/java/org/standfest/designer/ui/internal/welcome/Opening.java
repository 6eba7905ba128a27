package org.standfest.designer.ui.internal.welcome;

import org.eclipse.core.runtime.Platform;
import org.eclipse.osgi.service.datalocation.Location;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IEditorReference;
import org.eclipse.ui.IPerspectiveDescriptor;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.WorkbenchException;
import org.standfest.designer.ui.internal.document.RecentFiles;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.TopologyEditor;
import org.standfest.designer.ui.internal.editor.TopologyInput;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.files.TopologyFiles;
import org.standfest.workbench.ui.OutcomePresenter;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** All ways of opening a topology in a window. */
public final class Opening {

    private static final Catalog TEXTS = Catalog.beside(Opening.class);
    private static final String PERSPECTIVE = "org.standfest.designer.ui.perspective";

    private final IWorkbenchWindow window;
    private final Locale locale = Locale.getDefault();

    /**
     * @param window where it opens
     */
    public Opening(IWorkbenchWindow window) {
        this.window = window;
    }

    /** Where the examples lie: beside the program, or where {@code standfest.examples} says. */
    public static Path examplesFolder() {
        String named = System.getProperty("standfest.examples");
        if (named != null) {
            return Path.of(named);
        }
        Location install = Platform.getInstallLocation();
        try {
            return Path.of(install.getURL().toURI()).resolve("examples");
        } catch (URISyntaxException oddPlace) {
            return Path.of("examples");
        }
    }

    /** Lets the person choose files. */
    public void chooseAndOpen() {
        FileDialog dialog = new FileDialog(shell(), SWT.OPEN | SWT.MULTI);
        dialog.setText(TEXTS.text(locale, "open.title"));
        dialog.setFilterExtensions(new String[] {"*" + TopologyFiles.FILE_ENDING, "*"});
        dialog.setFilterNames(
                new String[] {
                    TEXTS.text(locale, "open.topologies"), TEXTS.text(locale, "open.all")
                });
        if (dialog.open() != null) {
            for (String name : dialog.getFileNames()) {
                open(Path.of(dialog.getFilterPath(), name));
            }
        }
    }

    /** Opens a file, or brings it to the front. */
    public void open(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        if (broughtToFront(whole)) {
            return;
        }
        show(TopologyDocument.open(whole, locale)).ifPresent(_ -> new RecentFiles().opened(whole));
    }

    /** Opens a file as a model for one's own. */
    public void openExample(Path file) {
        show(TopologyDocument.openExample(file, locale));
    }

    /** Begins a new topology. */
    public void fresh() {
        fresh("");
    }

    /**
     * Begins a new topology.
     *
     * @param name of the topology; blank: the usual one
     */
    public void fresh(String name) {
        open(TopologyDocument.fresh(name, locale, UUID::randomUUID));
    }

    /** Opens what was just made. */
    public void open(TopologyDocument made) {
        show(Outcome.done(made));
    }

    /**
     * Whether this window is for designing right now. A product that begins with something else, or
     * a person who left the window so, is not to be led away from it.
     */
    public boolean designing() {
        IPerspectiveDescriptor now = page().getPerspective();
        return now != null && PERSPECTIVE.equals(now.getId());
    }

    /** Shows the welcome page. */
    public void welcome() {
        put(() -> page().openEditor(new WelcomeInput("welcome"), WelcomePage.ID));
    }

    private Optional<TopologyDocument> show(Outcome<TopologyDocument> outcome) {
        Optional<TopologyDocument> document = new OutcomePresenter(locale).ask(shell(), outcome);
        document.ifPresent(
                opened ->
                        put(() -> page().openEditor(new TopologyInput(opened), TopologyEditor.ID)));
        return document;
    }

    private boolean broughtToFront(Path file) {
        for (IEditorReference reference : page().getEditorReferences()) {
            if (reference.getEditor(false) instanceof TopologyEditor editor
                    && editor.document().file().filter(file::equals).isPresent()) {
                page().activate(editor);
                return true;
            }
        }
        return false;
    }

    private IWorkbenchPage page() {
        return window.getActivePage();
    }

    private Shell shell() {
        return window.getShell();
    }

    private interface Placing {
        void place() throws PartInitException;
    }

    /** In another perspective an editor would open where nobody sees it. */
    private void put(Placing placing) {
        try {
            window.getWorkbench().showPerspective(PERSPECTIVE, window);
            placing.place();
        } catch (WorkbenchException bug) {
            throw new IllegalStateException("own editors always open", bug);
        }
    }
}
