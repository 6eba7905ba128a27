package org.standfest.designer.ui.internal.editor;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DragSource;
import org.eclipse.swt.dnd.DragSourceAdapter;
import org.eclipse.swt.dnd.DragSourceEvent;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.standfest.drawing.ui.canvas.DrawingCanvas;
import org.standfest.results.Catalog;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.edit.ElementIcons;
import org.standfest.topology.edit.ElementWords;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.SelectionWash;
import org.standfest.workbench.ui.look.Style;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of elements beside the drawing: a click takes one into the hand, a drag puts it down.
 */
final class PaletteBar extends Composite {

    /** Marks what is dragged from here, so that text from elsewhere is not taken for a tool. */
    static final String PREFIX = "standfest-tool:";

    private static final Catalog TEXTS = Catalog.beside(PaletteBar.class);

    private static final List<EClass> KINDS =
            List.of(
                    TopologyPackage.Literals.SITE,
                    TopologyPackage.Literals.HOST,
                    TopologyPackage.Literals.VIRTUAL_MACHINE,
                    TopologyPackage.Literals.PHYSICAL_SERVER,
                    TopologyPackage.Literals.STORAGE,
                    TopologyPackage.Literals.POWER_FEED,
                    TopologyPackage.Literals.SERVICE);

    private final Table bar;
    private final Look look;

    PaletteBar(Composite parent, DrawingCanvas canvas, ElementWords words, Locale locale) {
        super(parent, SWT.NONE);
        GridLayout layout = new GridLayout();
        layout.marginWidth = 2;
        layout.marginHeight = 4;
        setLayout(layout);
        Style.SURFACE.on(this);
        look = new Look(this);
        bar = new Table(this, SWT.SINGLE | SWT.NO_SCROLL);
        bar.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        bar.setData("standfest.id", "palette");
        Style.SURFACE.on(bar);
        for (EClass kind : KINDS) {
            item(kind, words);
        }
        bar.setToolTipText(TEXTS.text(locale, "palette.tip"));
        SelectionWash.on(bar, look);
        bar.addListener(SWT.Selection, _ -> choose(canvas));
        bar.addListener(SWT.MouseUp, _ -> canvas.setFocus());
        bar.addListener(SWT.DefaultSelection, _ -> canvas.setFocus());
        drag();
    }

    private void item(EClass kind, ElementWords words) {
        TableItem item = new TableItem(bar, SWT.NONE);
        item.setImage(look.image(ImageDescriptor.createFromURL(ElementIcons.url(kind))));
        item.setText(words.type(kind));
        item.setData(kind.getName());
    }

    private void choose(DrawingCanvas canvas) {
        int chosen = bar.getSelectionIndex();
        canvas.take(
                chosen < 0
                        ? Optional.empty()
                        : Optional.of((String) bar.getItem(chosen).getData()));
    }

    /** Marks the tool that is in the hand. */
    void show(Optional<String> tool) {
        if (!isDisposed() && tool.isEmpty() && bar.getSelectionIndex() >= 0) {
            bar.deselectAll();
        }
    }

    private void drag() {
        DragSource source = new DragSource(bar, DND.DROP_COPY);
        source.setTransfer(new Transfer[] {TextTransfer.getInstance()});
        source.addDragListener(
                new DragSourceAdapter() {
                    private Object kind;

                    @Override
                    public void dragStart(DragSourceEvent event) {
                        TableItem item =
                                bar.getItem(new org.eclipse.swt.graphics.Point(event.x, event.y));
                        event.doit = item != null;
                        kind = item == null ? null : item.getData();
                    }

                    @Override
                    public void dragSetData(DragSourceEvent event) {
                        event.data = PREFIX + kind;
                    }
                });
    }
}
