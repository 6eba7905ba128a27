package org.standfest.designer.ui.internal.bench;

import org.eclipse.emf.edit.command.SetCommand;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editing.ModelEditing;
import org.standfest.designer.ui.internal.editing.TopologyEdits;
import org.standfest.drawing.ui.canvas.DrawingCanvas;
import org.standfest.drawing.ui.gestures.Editing;
import org.standfest.topology.TopologyPackage;

import java.util.Locale;
import java.util.UUID;

/** What the bench does to a document. */
final class Edits {

    private final TopologyDocument document;
    private final DrawingCanvas canvas;

    Edits(TopologyDocument document, DrawingCanvas canvas) {
        this.document = document;
        this.canvas = canvas;
    }

    /** One command, and the picture after it. */
    void edit(int number) {
        rename(document, number);
        canvas.show(CanvasBench.scene(document));
        CanvasBench.settle(canvas);
    }

    static void rename(TopologyDocument document, int number) {
        document.domain()
                .getCommandStack()
                .execute(
                        SetCommand.create(
                                document.domain(),
                                document.topology().getVirtualMachines().getFirst(),
                                TopologyPackage.Literals.ELEMENT__NAME,
                                "renamed " + number));
    }

    static Editing editing(TopologyDocument document, DrawingCanvas canvas) {
        TopologyEdits edits = new TopologyEdits(document, Locale.ENGLISH, UUID::randomUUID);
        return new ModelEditing(document, canvas::index, edits, Locale.ENGLISH, _ -> {});
    }
}
