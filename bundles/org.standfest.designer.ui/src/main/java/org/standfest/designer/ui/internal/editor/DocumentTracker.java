package org.standfest.designer.ui.internal.editor;

import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IPartListener2;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPartReference;
import org.standfest.designer.ui.internal.document.TopologyDocument;

import java.util.Optional;
import java.util.function.Consumer;

/** Tells a view which document is in front, from now until it is closed. */
public final class DocumentTracker implements IPartListener2 {

    private final IWorkbenchPage page;
    private final Consumer<Optional<TopologyDocument>> onChange;
    private Optional<TopologyDocument> current = Optional.empty();

    /**
     * @param page whose editors are watched
     * @param onChange told at once, and of each change
     */
    public DocumentTracker(IWorkbenchPage page, Consumer<Optional<TopologyDocument>> onChange) {
        this.page = page;
        this.onChange = onChange;
    }

    /** Begins to watch. */
    public void open() {
        page.addPartListener(this);
        current = inFront(page);
        onChange.accept(current);
    }

    /** Watches no more. */
    public void close() {
        page.removePartListener(this);
    }

    /** The document in front; empty if there is none. */
    public static Optional<TopologyDocument> inFront(IWorkbenchPage page) {
        IEditorPart editor = page.getActiveEditor();
        return editor instanceof TopologyEditor topology
                ? Optional.of(topology.document())
                : Optional.empty();
    }

    private void look() {
        Optional<TopologyDocument> next = inFront(page);
        if (!next.equals(current)) {
            current = next;
            onChange.accept(next);
        }
    }

    @Override
    public void partActivated(IWorkbenchPartReference part) {
        look();
    }

    @Override
    public void partBroughtToTop(IWorkbenchPartReference part) {
        look();
    }

    @Override
    public void partClosed(IWorkbenchPartReference part) {
        look();
    }

    @Override
    public void partOpened(IWorkbenchPartReference part) {
        look();
    }
}
