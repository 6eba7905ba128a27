package org.standfest.designer.ui.internal.steps;

import org.eclipse.core.commands.common.CommandException;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IViewReference;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.DocumentTracker;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Column;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.ScrolledPage;
import org.standfest.workbench.ui.look.Style;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The way to a first design: what is done, what is next and how. */
public final class StepsView extends ViewPart implements TopologyDocument.Listener {

    /** The view's identity. */
    public static final String ID = "org.standfest.designer.ui.steps";

    private static final Catalog TEXTS = Catalog.beside(StepsView.class);
    private static final int WIDTH = 520;

    private final Locale locale = Locale.getDefault();
    private ScrolledPage sheet;
    private Composite page;
    private Look look;
    private DocumentTracker tracker;
    private Optional<TopologyDocument> document = Optional.empty();
    private List<Step> shown;
    private boolean pending;

    @Override
    public void createPartControl(Composite parent) {
        sheet = new ScrolledPage(parent);
        page = sheet.page();
        Style.SURFACE.on(sheet.scroll());
        Style.SURFACE.on(page);
        page.setLayout(new Column(WIDTH, 14, 10));
        look = new Look(page);
        tracker = new DocumentTracker(getSite().getPage(), this::follow);
        tracker.open();
    }

    private void follow(Optional<TopologyDocument> next) {
        document.ifPresent(old -> old.remove(this));
        document = next;
        document.ifPresent(now -> now.add(this));
        later();
    }

    @Override
    public void modelChanged() {
        later();
    }

    @Override
    public void commandDone() {
        later();
    }

    @Override
    public void reportChanged() {
        later();
    }

    @Override
    public void analysisChanged() {
        later();
    }

    /** A command changes much; one look at it is enough. */
    private void later() {
        if (!pending && !page.isDisposed()) {
            pending = true;
            page.getDisplay()
                    .asyncExec(
                            () -> {
                                pending = false;
                                if (!page.isDisposed()) {
                                    show();
                                }
                            });
        }
    }

    private void show() {
        Set<String> views =
                Arrays.stream(getSite().getPage().getViewReferences())
                        .map(IViewReference::getId)
                        .collect(Collectors.toSet());
        List<Step> done = new Situation(document, views).done();
        if (done.equals(shown)) {
            return;
        }
        shown = done;
        for (Control old : page.getChildren()) {
            old.dispose();
        }
        head(done.size());
        Step next =
                Arrays.stream(Step.values())
                        .filter(it -> !done.contains(it))
                        .findFirst()
                        .orElse(null);
        Control current = page;
        for (Step step : Step.values()) {
            Control row = row(step, done.contains(step), step == next);
            if (step == next) {
                current = row;
            }
        }
        sheet.arrange();
        // In a low window what is to be done next would lie below what is done.
        sheet.scroll().showControl(current);
    }

    private void head(int done) {
        label(page, text("title"), look.heading());
        int all = Step.values().length;
        Label progress =
                label(
                        page,
                        done == all ? text("finished") : text("progress", done, all),
                        look.text());
        progress.setData("standfest.id", "steps.progress");
    }

    private Control row(Step step, boolean done, boolean next) {
        Composite row = new Composite(page, SWT.NONE);
        Style.SURFACE.on(row);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(8, 4).applyTo(row);
        Label sign = new Label(row, SWT.NONE);
        sign.setText(done ? "\u2713" : String.valueOf(step.ordinal() + 1));
        sign.setFont(look.strong());
        GridDataFactory.swtDefaults()
                .align(SWT.END, SWT.BEGINNING)
                .hint(look.strong().getFontData()[0].getHeight() * 2, SWT.DEFAULT)
                .applyTo(sign);
        Label title =
                label(
                        row,
                        text(step.key()) + (done ? " \u2013 " + text("done") : ""),
                        next ? look.strong() : look.text());
        title.setData("standfest.id", step.key());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(title);
        if (done) {
            Style.SURFACE_MUTED.on(sign);
            Style.SURFACE_MUTED.on(title);
        }
        if (next) {
            new Label(row, SWT.NONE);
            Label how = label(row, text(step.key() + ".how"), look.text());
            GridDataFactory.fillDefaults().grab(true, false).hint(160, SWT.DEFAULT).applyTo(how);
            step.command().ifPresent(command -> button(row, step, command));
        }
        return row;
    }

    private void button(Composite row, Step step, String command) {
        new Label(row, SWT.NONE);
        Button button = new Button(row, SWT.PUSH);
        button.setText(text(step.key() + ".act"));
        button.setData("standfest.id", step.key() + ".act");
        button.addListener(
                SWT.Selection,
                _ -> {
                    try {
                        getSite().getService(IHandlerService.class).executeCommand(command, null);
                    } catch (CommandException notNow) {
                        // As in the menu: what cannot be done just now does nothing.
                        page.getDisplay().beep();
                    }
                    later();
                });
    }

    private static Label label(Composite owner, String text, org.eclipse.swt.graphics.Font font) {
        Label label = new Label(owner, SWT.WRAP);
        label.setText(text);
        label.setFont(font);
        return label;
    }

    private String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }

    @Override
    public void setFocus() {
        later();
        page.setFocus();
    }

    @Override
    public void dispose() {
        if (tracker != null) {
            tracker.close();
        }
        document.ifPresent(old -> old.remove(this));
        super.dispose();
    }
}
