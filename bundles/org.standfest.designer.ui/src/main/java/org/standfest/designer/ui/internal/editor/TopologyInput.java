package org.standfest.designer.ui.internal.editor;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IPersistableElement;
import org.standfest.designer.ui.internal.document.TopologyDocument;

import java.nio.file.Path;
import java.util.Optional;

/** An open document; two inputs are equal when they are of the same file. */
public final class TopologyInput implements IEditorInput {

    private final TopologyDocument document;

    /**
     * @param document what is edited
     */
    public TopologyInput(TopologyDocument document) {
        this.document = document;
    }

    /** What is edited. */
    public TopologyDocument document() {
        return document;
    }

    @Override
    public boolean exists() {
        return document.file().isPresent();
    }

    @Override
    public ImageDescriptor getImageDescriptor() {
        return null;
    }

    @Override
    public String getName() {
        return document.title();
    }

    @Override
    public IPersistableElement getPersistable() {
        return null;
    }

    @Override
    public String getToolTipText() {
        return document.file().map(Path::toString).orElse(document.title());
    }

    @Override
    public <T> T getAdapter(Class<T> adapter) {
        return null;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TopologyInput that)) {
            return false;
        }
        Optional<Path> file = document.file();
        return document == that.document || file.isPresent() && file.equals(that.document.file());
    }

    @Override
    public int hashCode() {
        return TopologyInput.class.hashCode();
    }
}
