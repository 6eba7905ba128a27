package org.standfest.designer.ui.internal.exchange;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.welcome.Opening;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.exchange.Imported;
import org.standfest.topology.exchange.TopologyExchange;
import org.standfest.workbench.ui.OutcomePresenter;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads files of another program, tells what became of them, and opens the topology if the person
 * wants it. User interface thread, but for the reading.
 */
public final class Importing {

    private static final Catalog TEXTS = Catalog.beside(Importing.class);
    private static final String ENDINGS = "*.csv;*.xml;*.json";

    private final IWorkbenchWindow window;
    private final Locale locale = Locale.getDefault();

    /**
     * @param window where it asks and opens
     */
    public Importing(IWorkbenchWindow window) {
        this.window = window;
    }

    /**
     * Asks which files.
     *
     * @param name of the topology; empty: what the files say
     */
    public void choose(String name) {
        FileDialog dialog = new FileDialog(window.getShell(), SWT.OPEN | SWT.MULTI);
        dialog.setText(text("import.title"));
        dialog.setFilterExtensions(new String[] {ENDINGS, "*"});
        dialog.setFilterNames(new String[] {text("import.files"), text("import.all")});
        if (dialog.open() != null) {
            Path folder = Path.of(dialog.getFilterPath());
            read(Arrays.stream(dialog.getFileNames()).map(folder::resolve).toList(), name);
        }
    }

    /** Reads files, then goes on in the user interface thread. */
    public void read(List<Path> files, String name) {
        Display display = window.getShell().getDisplay();
        Job job =
                Job.create(
                        text("import.running", files.size()),
                        (ICoreRunnable)
                                monitor -> {
                                    Outcome<Imported> read =
                                            new TopologyExchange()
                                                    .read(
                                                            files,
                                                            Optional.empty(),
                                                            monitor::isCanceled);
                                    if (!monitor.isCanceled() && !display.isDisposed()) {
                                        display.asyncExec(() -> show(read, name));
                                    }
                                });
        job.setUser(true);
        job.schedule();
    }

    private void show(Outcome<Imported> read, String name) {
        if (window.getShell() == null || window.getShell().isDisposed()) {
            return;
        }
        Optional<Imported> imported = new OutcomePresenter(locale).ask(window.getShell(), read);
        if (imported.isPresent()
                && new ImportReport(window.getShell(), imported.get()).open() == Window.OK) {
            open(imported.get(), name);
        }
    }

    private void open(Imported imported, String name) {
        if (!name.isBlank()) {
            imported.topology().setName(name);
        }
        new Opening(window)
                .open(TopologyDocument.made(imported.topology(), locale, UUID::randomUUID));
    }

    private String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }
}
