package org.standfest.designer.ui.internal.welcome;

import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.EditorPart;
import org.standfest.designer.ui.internal.document.RecentFiles;
import org.standfest.results.Catalog;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.edit.ElementIcons;
import org.standfest.workbench.ui.look.Card;
import org.standfest.workbench.ui.look.Column;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.ScrolledPage;
import org.standfest.workbench.ui.look.Style;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What to do first: open, begin anew, or look at an example. */
public final class WelcomePage extends EditorPart {

    /** The page's editor id. */
    public static final String ID = "org.standfest.designer.ui.welcome";

    private static final Catalog TEXTS = Catalog.beside(WelcomePage.class);
    private final Locale locale = Locale.getDefault();
    private ScrolledPage sheet;
    private Composite page;
    private Composite cards;
    private Look look;

    @Override
    public void init(IEditorSite site, IEditorInput input) {
        setSite(site);
        setInput(input);
        setPartName(TEXTS.text(locale, "tab"));
    }

    @Override
    public void createPartControl(Composite parent) {
        sheet = new ScrolledPage(parent);
        page = sheet.page();
        Style.PAGE.on(sheet.scroll());
        Style.PAGE.on(page);
        page.setLayout(new Column(880, 36, 12));
        look = new Look(page);
        head();
        buttons();
        recent();
        label("examples.title", look.heading());
        label("examples.intro", look.text()).setData("standfest.id", "welcome.examples");
        cards = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(2)
                .equalWidth(true)
                .spacing(12, 12)
                .applyTo(cards);
        readExamples();
    }

    private void head() {
        Composite head = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(18, 2).applyTo(head);
        Label picture = new Label(head, SWT.NONE);
        picture.setImage(look.image(WelcomePage.class, "icons/hq48.svg"));
        GridDataFactory.fillDefaults().span(1, 2).applyTo(picture);
        Label title = new Label(head, SWT.NONE);
        title.setText(TEXTS.text(locale, "title"));
        title.setFont(look.title());
        Label intro = new Label(head, SWT.WRAP);
        intro.setText(TEXTS.text(locale, "intro"));
        Style.MUTED.on(intro);
        GridDataFactory.fillDefaults().grab(true, false).hint(400, SWT.DEFAULT).applyTo(intro);
    }

    private void buttons() {
        Composite row = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).spacing(8, 0).applyTo(row);
        Button open = button(row, "open");
        Style.PRIMARY.on(open);
        open.addListener(SWT.Selection, _ -> opening().chooseAndOpen());
        Button fresh = button(row, "new");
        fresh.addListener(SWT.Selection, _ -> command("begin"));
        Button steps = button(row, "steps");
        steps.addListener(SWT.Selection, _ -> command("show.steps"));
    }

    /** Commands know ways of beginning that this page does not. */
    private void command(String word) {
        try {
            getSite()
                    .getService(IHandlerService.class)
                    .executeCommand("org.standfest.designer.ui." + word, null);
        } catch (CommandException bug) {
            throw new IllegalStateException("an own command is always there", bug);
        }
    }

    private Button button(Composite row, String key) {
        Button button = new Button(row, SWT.PUSH);
        button.setText(TEXTS.text(locale, key));
        int width = button.computeSize(SWT.DEFAULT, SWT.DEFAULT).x + 24;
        GridDataFactory.fillDefaults().hint(width, SWT.DEFAULT).applyTo(button);
        return button;
    }

    private void recent() {
        List<Path> files = new RecentFiles().list();
        if (files.isEmpty()) {
            return;
        }
        label("recent.title", look.heading());
        Composite list = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(16, 4).applyTo(list);
        for (Path file : files.subList(0, Math.min(4, files.size()))) {
            Link link = new Link(list, SWT.NONE);
            link.setText("<a>" + file.getFileName() + "</a>");
            link.addListener(SWT.Selection, _ -> opening().open(file));
            Label where = new Label(list, SWT.NONE);
            where.setText(String.valueOf(file.getParent()));
            Style.MUTED.on(where);
        }
    }

    private Label label(String key, org.eclipse.swt.graphics.Font font) {
        Label label = new Label(page, SWT.WRAP);
        label.setText(TEXTS.text(locale, key));
        label.setFont(font);
        return label;
    }

    private void readExamples() {
        Examples examples = new Examples(Opening.examplesFolder(), locale);
        Display display = page.getDisplay();
        Job.createSystem(
                        "examples",
                        (ICoreRunnable)
                                _ -> {
                                    List<Examples.Example> found = examples.read();
                                    display.asyncExec(() -> show(found));
                                })
                .schedule();
    }

    private void show(List<Examples.Example> found) {
        if (page.isDisposed()) {
            return;
        }
        for (Examples.Example example : found) {
            card(example);
        }
        if (found.isEmpty()) {
            Label none = new Label(cards, SWT.WRAP);
            none.setText(TEXTS.text(locale, "examples.none"));
            Style.MUTED.on(none);
        }
        cards.requestLayout();
        sheet.arrange();
    }

    private void card(Examples.Example example) {
        Card card = new Card(cards);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(16, 12).spacing(12, 2).applyTo(card);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(card);
        card.setData("standfest.id", "example." + example.file().getFileName());
        Label icon = new Label(card, SWT.NONE);
        icon.setImage(
                look.image(
                        ImageDescriptor.createFromURL(
                                ElementIcons.url(TopologyPackage.Literals.TOPOLOGY))));
        GridDataFactory.swtDefaults()
                .align(SWT.CENTER, SWT.BEGINNING)
                .span(1, 2)
                .indent(0, 2)
                .applyTo(icon);
        Label name = new Label(card, SWT.NONE);
        name.setText(example.name().replace("&", "&&"));
        name.setFont(look.strong());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(name);
        Label numbers = new Label(card, SWT.NONE);
        numbers.setText(example.numbers());
        numbers.setFont(look.small());
        Style.SURFACE_MUTED.on(numbers);
        Runnable open = () -> opening().openExample(example.file());
        card.onClick(open);
        for (Label part : List.of(icon, name, numbers)) {
            part.addListener(SWT.MouseUp, _ -> open.run());
        }
    }

    private Opening opening() {
        return new Opening(getSite().getWorkbenchWindow());
    }

    @Override
    public void setFocus() {
        page.setFocus();
    }

    @Override
    public boolean isDirty() {
        return false;
    }

    @Override
    public boolean isSaveAsAllowed() {
        return false;
    }

    @Override
    public void doSave(IProgressMonitor monitor) {
        // Nothing can be changed here.
    }

    @Override
    public void doSaveAs() {
        // Nothing can be changed here.
    }
}
