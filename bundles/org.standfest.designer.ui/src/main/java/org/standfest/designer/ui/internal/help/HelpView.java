package org.standfest.designer.ui.internal.help;

import org.eclipse.core.commands.common.CommandException;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.List;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Style;

import java.util.ArrayList;
import java.util.Locale;

/** Help beside what it explains: pages on the left, the chosen one on the right. */
public final class HelpView extends ViewPart {

    /** The view's identity. */
    public static final String ID = "org.standfest.designer.ui.help";

    private static final Catalog TEXTS = Catalog.beside(HelpView.class);
    private static final String COMMAND = "command:";
    private static final int NARROW = 560;

    private final Locale locale = Locale.getDefault();
    private final HelpPages pages = new HelpPages(locale);
    private final java.util.List<HelpPage> found = new ArrayList<>(pages.all());
    private Text search;
    private List list;
    private Label none;
    private PageText page;

    @Override
    public void createPartControl(Composite parent) {
        SashForm halves = new SashForm(parent, SWT.HORIZONTAL | SWT.SMOOTH);
        Composite left = new Composite(halves, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 4).applyTo(left);
        search = new Text(left, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        search.setMessage(TEXTS.text(locale, "search"));
        search.setData("standfest.id", "help.search");
        GridDataFactory.fillDefaults().grab(true, false).indent(4, 4).applyTo(search);
        none = new Label(left, SWT.WRAP);
        none.setText(TEXTS.text(locale, "none"));
        Style.MUTED.on(none);
        GridDataFactory.fillDefaults().grab(true, false).indent(8, 4).exclude(true).applyTo(none);
        list = new List(left, SWT.SINGLE | SWT.V_SCROLL);
        list.setData("standfest.id", "help.pages");
        GridDataFactory.fillDefaults().grab(true, true).applyTo(list);
        StyledText text =
                new StyledText(halves, SWT.READ_ONLY | SWT.WRAP | SWT.MULTI | SWT.V_SCROLL);
        text.setData("standfest.id", "help.page");
        page = new PageText(text, new Look(text));
        halves.setWeights(28, 72);
        halves.addListener(SWT.Resize, _ -> fit(halves));
        search.addListener(SWT.Modify, _ -> searched());
        list.addListener(SWT.Selection, _ -> page.show(found.get(list.getSelectionIndex())));
        text.addListener(SWT.MouseUp, this::followed);
        text.addListener(
                SWT.KeyDown,
                event -> {
                    if (event.keyCode == SWT.CR) {
                        follow(page.targetAt(text.getCaretOffset()));
                    }
                });
        searched();
        show(pages.all().getFirst());
    }

    /** In a narrow column the pages stand above, not beside. */
    private static void fit(SashForm halves) {
        int orientation = halves.getSize().x < NARROW ? SWT.VERTICAL : SWT.HORIZONTAL;
        if (halves.getOrientation() != orientation) {
            halves.setOrientation(orientation);
        }
    }

    private void searched() {
        found.clear();
        pages.all().stream().filter(it -> it.has(search.getText(), locale)).forEach(found::add);
        list.setItems(found.stream().map(HelpPage::title).toArray(String[]::new));
        show(none, found.isEmpty());
        show(list, !found.isEmpty());
        none.requestLayout();
        if (!found.isEmpty()) {
            list.select(0);
            page.show(found.getFirst());
        }
    }

    private static void show(Control control, boolean visible) {
        control.setVisible(visible);
        ((GridData) control.getLayoutData()).exclude = !visible;
    }

    /** Shows what explains a view or an editor. */
    public void showFor(String partId) {
        show(pages.forPart(partId));
    }

    private void show(HelpPage next) {
        if (!found.contains(next)) {
            search.setText("");
        }
        list.select(found.indexOf(next));
        page.show(next);
    }

    private void followed(Event event) {
        if (event.button == 1 && page.selectionIsEmpty()) {
            follow(page.targetAt(event.x, event.y));
        }
    }

    private void follow(String target) {
        if (target.startsWith(COMMAND)) {
            try {
                getSite()
                        .getService(IHandlerService.class)
                        .executeCommand(target.substring(COMMAND.length()), null);
            } catch (CommandException notNow) {
                // It is not possible just now, as in the menu: nothing happens.
                search.getDisplay().beep();
            }
        } else if (!target.isEmpty()) {
            pages.page(target).ifPresent(this::show);
        }
    }

    @Override
    public void setFocus() {
        search.setFocus();
    }
}
