package org.standfest.designer.ui.internal.editor;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.results.Catalog;
import org.standfest.topology.Element;
import org.standfest.topology.edit.ElementIcons;
import org.standfest.workbench.ui.look.Look;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds elements by a part of their name or kind, to jump to one. User interface thread only. */
final class JumpDialog extends Dialog {

    /** More than this nobody reads; typing on finds the others. */
    private static final int MAX_HITS = 200;

    private static final Catalog TEXTS = Catalog.beside(JumpDialog.class);

    private final TopologyDocument document;
    private final Locale locale;
    private final List<Element> all = new ArrayList<>();
    private List<Element> hits = List.of();
    private Text field;
    private Table table;
    private Label count;
    private Look look;
    private Element chosen;

    JumpDialog(Shell shell, TopologyDocument document, Locale locale) {
        super(shell);
        this.document = document;
        this.locale = locale;
        setShellStyle(getShellStyle() | SWT.RESIZE);
        document.topology()
                .eAllContents()
                .forEachRemaining(
                        each -> {
                            if (each instanceof Element element && element.getName() != null) {
                                all.add(element);
                            }
                        });
    }

    /** What the person chose; empty if nothing. */
    Optional<Element> ask() {
        return open() == OK ? Optional.ofNullable(chosen) : Optional.empty();
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(TEXTS.text(locale, "jump.title"));
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        look = new Look(area);
        field = new Text(area, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        field.setMessage(TEXTS.text(locale, "jump.field"));
        field.setData("standfest.id", "jump.field");
        field.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        field.addListener(SWT.Modify, _ -> search());
        field.addListener(SWT.KeyDown, this::arrow);
        table = new Table(area, SWT.SINGLE | SWT.BORDER | SWT.VIRTUAL);
        table.setData("standfest.id", "jump.table");
        GridData room = new GridData(SWT.FILL, SWT.FILL, true, true);
        room.widthHint = 420;
        room.heightHint = 300;
        table.setLayoutData(room);
        table.addListener(SWT.SetData, event -> fill((TableItem) event.item));
        table.addListener(SWT.DefaultSelection, _ -> okPressed());
        count = new Label(area, SWT.NONE);
        count.setFont(look.small());
        count.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, TEXTS.text(locale, "jump.go"), true);
        createButton(parent, IDialogConstants.CANCEL_ID, TEXTS.text(locale, "jump.cancel"), false);
        search();
    }

    private void arrow(Event event) {
        int way = event.keyCode == SWT.ARROW_DOWN ? 1 : event.keyCode == SWT.ARROW_UP ? -1 : 0;
        if (way != 0 && !hits.isEmpty()) {
            int next = Math.clamp(table.getSelectionIndex() + way, 0, table.getItemCount() - 1);
            table.setSelection(next);
            event.doit = false;
        }
    }

    private void search() {
        String wanted = field.getText().strip().toLowerCase(locale);
        hits = all.stream().filter(each -> words(each).contains(wanted)).toList();
        table.setItemCount(Math.min(MAX_HITS, hits.size()));
        table.clearAll();
        if (!hits.isEmpty()) {
            table.setSelection(0);
        }
        getButton(IDialogConstants.OK_ID).setEnabled(!hits.isEmpty());
        String key = hits.isEmpty() ? "jump.none" : hits.size() == 1 ? "jump.one" : "jump.several";
        count.setText(TEXTS.text(locale, key, hits.size()));
    }

    private String words(Element element) {
        String kind = document.words().type(element.eClass());
        return (element.getName() + ' ' + kind).toLowerCase(locale);
    }

    private void fill(TableItem item) {
        Element element = hits.get(table.indexOf(item));
        item.setImage(
                look.image(ImageDescriptor.createFromURL(ElementIcons.url(element.eClass()))));
        String kind = document.words().type(element.eClass());
        String around =
                element.eContainer() instanceof Element owner && owner != document.topology()
                        ? TEXTS.text(locale, "jump.in", kind, document.words().label(owner))
                        : kind;
        item.setText(element.getName() + "  \u2013  " + around);
    }

    @Override
    protected void okPressed() {
        int at = table.getSelectionIndex();
        if (at >= 0) {
            chosen = hits.get(at);
            super.okPressed();
        }
    }
}
