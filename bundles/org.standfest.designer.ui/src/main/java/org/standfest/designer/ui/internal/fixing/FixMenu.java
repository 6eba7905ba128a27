package org.standfest.designer.ui.internal.fixing;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.Viewport;
import org.standfest.drawing.ui.canvas.DrawingCanvas;
import org.standfest.results.Catalog;
import org.standfest.results.Finding;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was found about an element and the ways out, as a menu: in the context menu, at the marker
 * of a figure, and by Ctrl+1. User interface thread only.
 */
public final class FixMenu {

    private static final Catalog TEXTS = Catalog.beside(FixMenu.class);

    /** How near the pointer must be to a marker, in drawing units. */
    private static final double REACH = 11;

    private final TopologyDocument document;
    private final Fixing fixing;
    private final Locale locale;

    /** Of a document. */
    public FixMenu(TopologyDocument document, Locale locale) {
        this.document = document;
        this.fixing = Fixing.of(document, locale);
        this.locale = locale;
    }

    /** Opens at the markers of a drawing, and at what is selected by Ctrl+1. */
    public void attach(DrawingCanvas canvas) {
        canvas.addListener(
                SWT.MouseUp,
                event -> {
                    if (event.button == 1 && (event.stateMask & SWT.MODIFIER_MASK) == 0) {
                        Spot spot = canvas.viewport().toDrawing(event.x, event.y);
                        marked(canvas, spot).ifPresent(id -> open(canvas, id, event.x, event.y));
                    }
                });
        canvas.addListener(
                SWT.KeyDown,
                event -> {
                    if (event.keyCode == '1' && (event.stateMask & SWT.CTRL) != 0) {
                        canvas.selection().stream().findFirst().ifPresent(id -> open(canvas, id));
                    }
                });
    }

    /** The figure whose marker is at a spot. */
    private static Optional<String> marked(DrawingCanvas canvas, Spot spot) {
        return canvas.index()
                .figureAt(spot)
                .filter(figure -> figure.badge().isPresent())
                .filter(
                        figure ->
                                Math.abs(spot.x() - figure.box().right()) < REACH
                                        && Math.abs(spot.y() - figure.box().y()) < REACH)
                .map(Figure::id);
    }

    private void open(DrawingCanvas canvas, String id) {
        Box box = canvas.index().place(id).orElse(new Box(0, 0, 0, 0));
        Viewport seen = canvas.viewport();
        open(
                canvas,
                id,
                (int) ((box.right() - seen.left()) * seen.scale()),
                (int) ((box.y() - seen.top()) * seen.scale()));
    }

    private void open(DrawingCanvas canvas, String id, int x, int y) {
        List<Finding> findings = document.report().about(id);
        if (findings.isEmpty()) {
            return;
        }
        Menu menu = new Menu(canvas);
        menu.setData("standfest.id", "fixes");
        fill(menu, findings);
        menu.setLocation(canvas.toDisplay(x, y));
        menu.addListener(
                SWT.Hide,
                _ -> canvas.getDisplay().asyncExec(menu::dispose)); // after the chosen item ran
        menu.setVisible(true);
    }

    /** Adds a submenu for what was found about an element; disabled where there is no way out. */
    public void cascade(Menu menu, String id) {
        List<Finding> findings = document.report().about(id);
        if (findings.isEmpty()) {
            return;
        }
        MenuItem item = new MenuItem(menu, SWT.CASCADE);
        item.setText(TEXTS.text(locale, "menu.fixes", findings.size()));
        item.setData("standfest.id", "menu.fixes");
        Menu below = new Menu(menu);
        item.setMenu(below);
        fill(below, findings);
    }

    private void fill(Menu menu, List<Finding> findings) {
        for (Finding finding : findings) {
            if (menu.getItemCount() > 0) {
                new MenuItem(menu, SWT.SEPARATOR);
            }
            item(menu, finding.explanation().happened(locale)).setEnabled(false);
            List<String> names = fixing.names(finding);
            for (String name : names) {
                item(menu, name).addListener(SWT.Selection, _ -> fixing.fix(finding, name));
            }
            if (names.isEmpty()) {
                item(menu, finding.explanation().next(locale)).setEnabled(false);
            }
        }
    }

    private static MenuItem item(Menu menu, String words) {
        MenuItem item = new MenuItem(menu, SWT.PUSH);
        item.setText(words.replace("&", "&&"));
        return item;
    }
}
