package org.standfest.designer.ui.internal.properties;

import org.eclipse.core.databinding.DataBindingContext;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.part.ViewPart;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.DocumentTracker;
import org.standfest.results.Catalog;
import org.standfest.topology.edit.ElementIcons;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightLabel;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Style;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The properties of what is selected; every change is a command that can be undone. */
public final class PropertiesView extends ViewPart implements TopologyDocument.Listener {

    private static final Catalog TEXTS = Catalog.beside(PropertiesView.class);

    private final Locale locale = Locale.getDefault();
    private final Map<String, String> problems = new LinkedHashMap<>();
    private ScrolledComposite scroll;
    private Composite page;
    private LightLabel problem;
    private Label name;
    private DataBindingContext context;
    private DocumentTracker tracker;
    private Optional<TopologyDocument> document = Optional.empty();
    private EObject shown;

    @Override
    public void createPartControl(Composite parent) {
        scroll = new ScrolledComposite(parent, SWT.V_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        scroll.getVerticalBar().setIncrement(32);
        scroll.addListener(SWT.Resize, _ -> arrange());
        tracker = new DocumentTracker(getSite().getPage(), this::follow);
        tracker.open();
    }

    private void follow(Optional<TopologyDocument> next) {
        document.ifPresent(old -> old.remove(this));
        document = next;
        document.ifPresent(now -> now.add(this));
        show();
    }

    @Override
    public void selectionChanged(Object source) {
        show();
    }

    @Override
    public void modelChanged() {
        if (shown != null && name != null && !name.isDisposed()) {
            name.setText(document.orElseThrow().words().label(shown).replace("&", "&&"));
        }
    }

    private void show() {
        if (scroll.isDisposed()) {
            return;
        }
        commitTyped();
        if (page != null) {
            page.dispose();
        }
        if (context != null) {
            context.dispose();
        }
        problems.clear();
        name = null;
        page = new Composite(scroll, SWT.NONE);
        shown =
                document.map(
                                open ->
                                        open.selection().isEmpty()
                                                ? open.topology()
                                                : open.selection().getFirst())
                        .orElse(null);
        if (shown == null) {
            empty();
        } else {
            fill(document.orElseThrow());
        }
        scroll.setContent(page);
        arrange();
    }

    /** A field that is left by selecting something else still counts. */
    private void commitTyped() {
        if (page != null && !page.isDisposed() && page.isVisible()) {
            var focus = page.getDisplay().getFocusControl();
            if (focus != null && focus.getParent() == page) {
                scroll.forceFocus();
            }
        }
    }

    private void empty() {
        GridLayoutFactory.fillDefaults().margins(16, 16).applyTo(page);
        Label hint = new Label(page, SWT.WRAP);
        hint.setText(TEXTS.text(locale, "empty"));
        Style.MUTED.on(hint);
        GridDataFactory.fillDefaults().grab(true, false).hint(120, SWT.DEFAULT).applyTo(hint);
    }

    private void fill(TopologyDocument open) {
        Look look = new Look(page);
        GridLayoutFactory.fillDefaults().numColumns(3).margins(14, 12).spacing(8, 6).applyTo(page);
        head(open, look);
        context = new DataBindingContext();
        FieldRow rows = new FieldRow(page, look, open, context, locale, this::tell);
        for (PropertyPlan.Field field : PropertyPlan.of(shown.eClass(), open.words())) {
            rows.add(shown, field);
        }
    }

    private void head(TopologyDocument open, Look look) {
        Composite head = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(8, 0).applyTo(head);
        GridDataFactory.fillDefaults().span(3, 1).grab(true, false).applyTo(head);
        Label icon = new Label(head, SWT.NONE);
        icon.setImage(look.image(ImageDescriptor.createFromURL(ElementIcons.url(shown.eClass()))));
        name = new Label(head, SWT.NONE);
        name.setText(open.words().label(shown).replace("&", "&&"));
        name.setFont(look.heading());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(name);
        new Label(head, SWT.NONE);
        Label type = new Label(head, SWT.NONE);
        type.setText(open.words().type(shown.eClass()));
        type.setFont(look.small());
        Style.MUTED.on(type);
        problem = new LightLabel(page);
        problem.setFont(look.text());
        problem.setData("standfest.id", "properties.problem");
        GridDataFactory.fillDefaults().span(3, 1).grab(true, false).applyTo(problem);
    }

    private void tell(PropertyPlan.Field field, Optional<String> what) {
        problems.remove(field.feature().getName());
        what.ifPresent(
                words -> problems.put(field.feature().getName(), field.label() + ": " + words));
        problem.show(
                Light.ATTENTION, problems.isEmpty() ? "" : problems.values().iterator().next());
        problem.setVisible(!problems.isEmpty());
    }

    private void arrange() {
        if (page != null && !page.isDisposed() && scroll.getClientArea().width > 0) {
            problemHiddenAtFirst();
            scroll.setMinHeight(page.computeSize(scroll.getClientArea().width, SWT.DEFAULT).y);
            page.layout(true, true);
        }
    }

    private void problemHiddenAtFirst() {
        if (problem != null && !problem.isDisposed() && problems.isEmpty()) {
            problem.setVisible(false);
        }
    }

    @Override
    public void setFocus() {
        if (page != null && !page.isDisposed()) {
            page.setFocus();
        }
    }

    @Override
    public void dispose() {
        tracker.close();
        document.ifPresent(old -> old.remove(this));
        super.dispose();
    }
}
