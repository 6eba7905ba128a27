package org.standfest.designer.ui.internal.navigator;

import org.eclipse.emf.common.command.Command;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.edit.command.CommandParameter;
import org.eclipse.emf.edit.command.CreateChildCommand;
import org.eclipse.emf.edit.command.DeleteCommand;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerFilter;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.DocumentTracker;
import org.standfest.results.Catalog;
import org.standfest.topology.Topology;
import org.standfest.topology.edit.ElementIcons;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.SelectionWash;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tree of the topology in front; selection goes both ways. */
public final class NavigatorView extends ViewPart implements TopologyDocument.Listener {

    private static final Catalog TEXTS = Catalog.beside(NavigatorView.class);

    private final Locale locale = Locale.getDefault();
    private TreeViewer tree;
    private Text search;
    private Look look;
    private DocumentTracker tracker;
    private Optional<TopologyDocument> document = Optional.empty();
    private TreePlan plan;
    private boolean following;
    private boolean refreshPending;

    @Override
    public void createPartControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(0, 0).spacing(0, 4).applyTo(page);
        look = new Look(page);
        search = new Text(page, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        search.setMessage(TEXTS.text(locale, "search"));
        search.setData("standfest.id", "navigator.search");
        GridDataFactory.fillDefaults().grab(true, false).indent(4, 4).applyTo(search);
        tree = new TreeViewer(page, SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
        SelectionWash.on(tree.getTree(), look);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(tree.getControl());
        tree.setUseHashlookup(true);
        tree.setContentProvider(new Content());
        tree.addFilter(new Search());
        tree.addSelectionChangedListener(event -> selected(event.getStructuredSelection()));
        tree.getControl()
                .addListener(
                        SWT.KeyDown,
                        event -> {
                            if (event.keyCode == SWT.DEL) {
                                delete();
                            }
                        });
        search.addListener(SWT.Modify, _ -> searched());
        menu();
        tracker = new DocumentTracker(getSite().getPage(), this::follow);
        tracker.open();
    }

    private void follow(Optional<TopologyDocument> next) {
        document.ifPresent(old -> old.remove(this));
        document = next;
        if (tree.getControl().isDisposed()) {
            return;
        }
        if (document.isEmpty()) {
            tree.setInput(null);
            return;
        }
        TopologyDocument open = document.get();
        open.add(this);
        plan = new TreePlan(open.topology(), open.words());
        tree.setLabelProvider(new TreeLabels(look, open, plan));
        tree.setInput(new Object[] {open.topology()});
        tree.expandToLevel(3);
        reveal();
    }

    @Override
    public void modelChanged() {
        refreshLater();
    }

    @Override
    public void reportChanged() {
        refreshLater();
    }

    private void refreshLater() {
        if (!refreshPending && !tree.getControl().isDisposed()) {
            refreshPending = true;
            tree.getControl()
                    .getDisplay()
                    .asyncExec(
                            () -> {
                                refreshPending = false;
                                if (!tree.getControl().isDisposed()) {
                                    tree.refresh();
                                }
                            });
        }
    }

    @Override
    public void selectionChanged(Object source) {
        if (source != this) {
            reveal();
        }
    }

    private void reveal() {
        following = true;
        document.ifPresent(
                open -> tree.setSelection(new StructuredSelection(open.selection()), true));
        following = false;
    }

    private void selected(IStructuredSelection selection) {
        if (!following && document.isPresent()) {
            document.get().select(elements(selection), this);
        }
    }

    private static List<EObject> elements(IStructuredSelection selection) {
        return selection.stream()
                .filter(EObject.class::isInstance)
                .map(EObject.class::cast)
                .toList();
    }

    private void searched() {
        tree.refresh();
        if (search.getText().isBlank()) {
            tree.collapseAll();
            tree.expandToLevel(3);
        } else {
            tree.expandAll();
        }
    }

    private void menu() {
        MenuManager menu = new MenuManager();
        menu.setRemoveAllWhenShown(true);
        menu.addMenuListener(this::fill);
        tree.getControl().setMenu(menu.createContextMenu(tree.getControl()));
    }

    private void fill(IMenuManager menu) {
        if (document.isEmpty()) {
            return;
        }
        Object first = tree.getStructuredSelection().getFirstElement();
        EObject owner = first instanceof EObject element ? element : document.get().topology();
        MenuManager fresh = new MenuManager(TEXTS.text(locale, "new"));
        for (Object each : document.get().domain().getNewChildDescriptors(owner, null)) {
            if (fits(first, each)) {
                fresh.add(new NewAction(owner, (CommandParameter) each));
            }
        }
        menu.add(fresh);
        menu.add(new Separator());
        Action delete =
                new Action(TEXTS.text(locale, "delete")) {
                    @Override
                    public void run() {
                        delete();
                    }
                };
        delete.setEnabled(deletable().iterator().hasNext());
        menu.add(delete);
    }

    private static boolean fits(Object node, Object descriptor) {
        return !(node instanceof TreePlan.Group group)
                || descriptor instanceof CommandParameter parameter
                        && parameter.getFeature() == group.feature();
    }

    private Collection<EObject> deletable() {
        return elements(tree.getStructuredSelection()).stream()
                .filter(each -> !(each instanceof Topology))
                .toList();
    }

    private void delete() {
        Collection<EObject> chosen = deletable();
        if (document.isPresent() && !chosen.isEmpty()) {
            var domain = document.get().domain();
            domain.getCommandStack().execute(DeleteCommand.create(domain, chosen));
        }
    }

    /** Makes a new element below another. */
    private final class NewAction extends Action {

        private final EObject owner;
        private final CommandParameter what;

        NewAction(EObject owner, CommandParameter what) {
            super(document.orElseThrow().words().type(what.getEValue().eClass()));
            this.owner = owner;
            this.what = what;
            setImageDescriptor(
                    ImageDescriptor.createFromURL(ElementIcons.url(what.getEValue().eClass())));
        }

        @Override
        public void run() {
            TopologyDocument open = document.orElseThrow();
            Command command = CreateChildCommand.create(open.domain(), owner, what, List.of(owner));
            open.domain().getCommandStack().execute(command);
            open.select(List.of(what.getEValue()), NavigatorView.class);
        }
    }

    /** The plan as the viewer wants it. */
    private final class Content implements ITreeContentProvider {

        @Override
        public Object[] getElements(Object input) {
            return input instanceof Object[] roots ? roots : new Object[0];
        }

        @Override
        public Object[] getChildren(Object parent) {
            return plan.children(parent).toArray();
        }

        @Override
        public Object getParent(Object node) {
            return plan.parent(node).orElse(null);
        }

        @Override
        public boolean hasChildren(Object node) {
            return !plan.children(node).isEmpty();
        }
    }

    /** Shows only what is called as sought, and the way to it. */
    private final class Search extends ViewerFilter {
        @Override
        public boolean select(Viewer viewer, Object parent, Object node) {
            String sought = search.getText().strip();
            return sought.isEmpty() || plan.matches(node, sought, locale);
        }
    }

    @Override
    public void setFocus() {
        tree.getControl().setFocus();
    }

    @Override
    public void dispose() {
        tracker.close();
        document.ifPresent(old -> old.remove(this));
        super.dispose();
    }
}
