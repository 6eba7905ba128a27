package org.standfest.designer.ui.internal.editor;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.drawing.Layer;
import org.standfest.designer.ui.internal.editing.Arrangement;
import org.standfest.designer.ui.internal.editing.ModelEditing;
import org.standfest.designer.ui.internal.editing.Pasting;
import org.standfest.designer.ui.internal.editing.TopologyEdits;
import org.standfest.designer.ui.internal.fixing.FixMenu;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.canvas.DrawingCanvas;
import org.standfest.results.Catalog;
import org.standfest.topology.Component;
import org.standfest.topology.Element;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What makes a drawing editable in the editor: palette at its left, context menu, keys, things
 * dragged onto it. User interface thread only.
 */
public final class DrawingTools {

    private static final Catalog TEXTS = Catalog.beside(DrawingTools.class);

    private final TopologyDocument document;
    private final Locale locale;
    private final TopologyEdits edits;
    private final ModelEditing editing;
    private final DrawingCanvas canvas;
    private final PaletteBar palette;
    private final Runnable onProperties;
    private final Pasting pasting;
    private final LayerMenu layers;
    private final FixMenu fixes;

    /**
     * @param onProperties brings the properties to the front
     * @param onLayers told when other layers are shown
     * @param onFile told of each file that is dropped
     */
    DrawingTools(
            Composite parent,
            TopologyDocument document,
            Locale locale,
            Runnable onProperties,
            Runnable onLayers,
            Consumer<Path> onFile) {
        this.document = document;
        this.locale = locale;
        this.onProperties = onProperties;
        Composite area = new Composite(parent, SWT.NONE);
        GridLayout layout = new GridLayout(2, false);
        layout.marginWidth = 0;
        layout.marginHeight = 0;
        layout.horizontalSpacing = 0;
        area.setLayout(layout);
        Composite left = new Composite(area, SWT.NONE);
        left.setLayout(new org.eclipse.swt.layout.FillLayout());
        left.setLayoutData(new GridData(SWT.FILL, SWT.FILL, false, true));
        canvas = new DrawingCanvas(area);
        canvas.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        canvas.setData("standfest.id", "drawing");
        canvas.title(TEXTS.text(locale, "drawing.title", document.title()));
        palette = new PaletteBar(left, canvas, document.words(), locale);
        edits = new TopologyEdits(document, locale, UUID::randomUUID);
        pasting = new Pasting(document, locale, UUID::randomUUID);
        layers = new LayerMenu(locale, onLayers);
        editing = new ModelEditing(document, canvas::index, edits, locale, _ -> onProperties.run());
        canvas.edit(editing);
        canvas.addListener(SWT.KeyDown, event -> key(event.keyCode, event.stateMask));
        canvas.addListener(SWT.MouseDown, _ -> palette.show(canvas.tool()));
        canvas.addListener(SWT.KeyUp, _ -> palette.show(canvas.tool()));
        Menu menu = new Menu(canvas);
        menu.addListener(SWT.Show, _ -> fill(menu));
        canvas.setMenu(menu);
        fixes = new FixMenu(document, locale);
        fixes.attach(canvas);
        accept(onFile);
    }

    /** What is not shown. */
    Set<Layer> hidden() {
        return layers.hidden();
    }

    /** The drawing. */
    DrawingCanvas canvas() {
        return canvas;
    }

    /** Changes of the topology as a person means them. */
    public TopologyEdits edits() {
        return edits;
    }

    private void key(int code, int mask) {
        boolean ctrl = (mask & SWT.CTRL) != 0;
        if (code == SWT.DEL && !ctrl) {
            delete();
        } else if (ctrl && code == 'd') {
            duplicate();
        } else if (ctrl && code == 'a') {
            canvas.selectAll();
        }
    }

    private List<Element> selected() {
        return document.selection().stream()
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    /** Deletes what is selected. */
    public void delete() {
        edits.delete(selected());
    }

    /** Copies what is selected beside itself, and selects the copies. */
    public void duplicate() {
        List<Element> copies = edits.duplicate(selected());
        if (!copies.isEmpty()) {
            document.select(copies, this);
        }
    }

    /** Puts what is selected on the clipboard. */
    public void copy() {
        pasting.copy(selected()).ifPresent(new ClipboardText(canvas.getDisplay())::put);
    }

    /** Puts what is selected on the clipboard and deletes it. */
    public void cut() {
        copy();
        delete();
    }

    /** Puts in what the clipboard holds, and selects it. */
    public void paste() {
        Optional<Element> at = selected().stream().findFirst();
        List<Element> pasted =
                new ClipboardText(canvas.getDisplay())
                        .get()
                        .map(text -> pasting.paste(text, at))
                        .orElse(List.of());
        if (!pasted.isEmpty()) {
            document.select(pasted, this);
        }
    }

    private void arrange(Arrangement how) {
        Map<Component, Box> boxes = new LinkedHashMap<>();
        for (Element element : selected()) {
            if (element instanceof Component component && TopologyEdits.placeable(component)) {
                canvas.index().place(component.getId()).ifPresent(it -> boxes.put(component, it));
            }
        }
        editing.arrange(how.distributes() ? "distribute" : "align", how.of(boxes));
    }

    private void fill(Menu menu) {
        for (MenuItem old : menu.getItems()) {
            old.dispose();
        }
        List<Element> chosen = selected();
        boolean one = chosen.size() == 1;
        if (!chosen.isEmpty()) {
            item(menu, "menu.rename", one, () -> canvas.renameInPlace(chosen.getFirst().getId()));
            item(menu, "menu.cut", true, this::cut);
            item(menu, "menu.copy", true, this::copy);
            item(menu, "menu.paste", true, this::paste);
            item(menu, "menu.duplicate", true, this::duplicate);
            item(menu, "menu.delete", true, this::delete);
            new MenuItem(menu, SWT.SEPARATOR);
            arrangements(menu, chosen);
            List<Component> pinned = pinned(chosen);
            item(menu, "menu.unpin", !pinned.isEmpty(), () -> edits.unpin(pinned));
            new MenuItem(menu, SWT.SEPARATOR);
            item(menu, "menu.fit.selection", true, canvas::fitSelection);
        }
        if (chosen.isEmpty()) {
            item(menu, "menu.paste", true, this::paste);
        }
        item(menu, "menu.fit", true, canvas::fit);
        item(menu, "menu.all", true, canvas::selectAll);
        layers.fill(menu);
        if (one) {
            fixes.cascade(menu, chosen.getFirst().getId());
            new MenuItem(menu, SWT.SEPARATOR);
            item(menu, "menu.properties", true, onProperties);
        }
    }

    private static List<Component> pinned(List<Element> chosen) {
        List<Component> pinned = new ArrayList<>();
        for (EObject each : chosen) {
            if (each instanceof Component component && component.getPlacement() != null) {
                pinned.add(component);
            }
        }
        return pinned;
    }

    private void arrangements(Menu menu, List<Element> chosen) {
        MenuItem item = new MenuItem(menu, SWT.CASCADE);
        item.setText(TEXTS.text(locale, "menu.arrange"));
        item.setEnabled(chosen.stream().filter(TopologyEdits::placeable).count() > 1);
        Menu below = new Menu(menu);
        item.setMenu(below);
        for (Arrangement how : Arrangement.values()) {
            if (how == Arrangement.TOP || how == Arrangement.ACROSS) {
                new MenuItem(below, SWT.SEPARATOR);
            }
            item(below, "menu." + how.name(), true, () -> arrange(how));
        }
    }

    private void item(Menu menu, String key, boolean enabled, Runnable action) {
        MenuItem item = new MenuItem(menu, SWT.PUSH);
        item.setText(TEXTS.text(locale, key));
        item.setEnabled(enabled);
        item.setData("standfest.id", key);
        item.addListener(SWT.Selection, _ -> action.run());
    }

    /** Takes kinds that are dragged from the palette, and files. */
    private void accept(Consumer<Path> onFile) {
        DropTarget target = new DropTarget(canvas, DND.DROP_COPY | DND.DROP_DEFAULT);
        target.setTransfer(new Transfer[] {TextTransfer.getInstance(), FileTransfer.getInstance()});
        target.addDropListener(
                new DropTargetAdapter() {
                    @Override
                    public void dragEnter(DropTargetEvent event) {
                        event.detail = DND.DROP_COPY;
                    }

                    @Override
                    public void drop(DropTargetEvent event) {
                        if (event.data instanceof String[] files) {
                            Stream.of(files).map(Path::of).forEach(onFile);
                        } else if (event.data instanceof String words
                                && words.startsWith(PaletteBar.PREFIX)) {
                            put(words.substring(PaletteBar.PREFIX.length()), event.x, event.y);
                        }
                    }
                });
    }

    private void put(String tool, int displayX, int displayY) {
        Point point = canvas.toControl(displayX, displayY);
        Spot spot = canvas.viewport().toDrawing(point.x, point.y);
        Optional<String> target = canvas.index().figureAt(spot).map(Figure::id);
        if (editing.overTool(tool, target).allowed()) {
            editing.use(tool, spot, target);
        }
    }
}
