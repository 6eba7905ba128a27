package org.standfest.designer.ui.internal.commands;

import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.ui.IWorkbenchWindow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.designer.ui.internal.welcome.Opening;
import org.standfest.topology.files.TopologyFiles;
import org.standfest.workbench.ui.Greeter;

import java.nio.file.Path;
import java.util.List;

/** Opens what was named on the command line or dropped on the window, else the welcome page. */
@Component
public final class DesignerGreeter implements Greeter {

    /** Made by the service registry. */
    @Activate
    public DesignerGreeter() {
        // Nothing is needed.
    }

    @Override
    public void greet(IWorkbenchWindow window, List<String> arguments) {
        Opening opening = new Opening(window);
        List<Path> files =
                arguments.stream()
                        .filter(each -> each.endsWith(TopologyFiles.FILE_ENDING))
                        .map(Path::of)
                        .toList();
        files.forEach(opening::open);
        if (window.getActivePage().getEditorReferences().length == 0 && opening.designing()) {
            opening.welcome();
        }
        window.getShell()
                .getDisplay()
                .addListener(
                        SWT.OpenDocument,
                        event -> {
                            if (event.text != null
                                    && event.text.endsWith(TopologyFiles.FILE_ENDING)) {
                                opening.open(Path.of(event.text));
                            }
                        });
        DropTarget target = new DropTarget(window.getShell(), DND.DROP_COPY | DND.DROP_DEFAULT);
        target.setTransfer(new Transfer[] {FileTransfer.getInstance()});
        target.addDropListener(new Dropped(opening));
    }

    /** Files that are dropped on the window. */
    private static final class Dropped extends DropTargetAdapter {

        private final Opening opening;

        Dropped(Opening opening) {
            this.opening = opening;
        }

        @Override
        public void dragEnter(DropTargetEvent event) {
            event.detail = DND.DROP_COPY;
        }

        @Override
        public void drop(DropTargetEvent event) {
            if (event.data instanceof String[] names) {
                for (String name : names) {
                    opening.open(Path.of(name));
                }
            }
        }
    }
}
