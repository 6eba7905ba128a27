package org.standfest.designer.ui.internal.editor;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.standfest.designer.ui.internal.drawing.Layer;
import org.standfest.results.Catalog;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Which layers of a drawing are shown, and the menu that says so. User interface thread only. */
final class LayerMenu {

    private static final Catalog TEXTS = Catalog.beside(LayerMenu.class);

    private final Locale locale;
    private final Runnable onChange;
    private final Set<Layer> hidden = EnumSet.noneOf(Layer.class);

    /**
     * @param onChange told when others are shown
     */
    LayerMenu(Locale locale, Runnable onChange) {
        this.locale = locale;
        this.onChange = onChange;
    }

    /** What is not shown. */
    Set<Layer> hidden() {
        return hidden;
    }

    /** Adds an entry with one check for each layer. */
    void fill(Menu menu) {
        MenuItem item = new MenuItem(menu, SWT.CASCADE);
        item.setText(TEXTS.text(locale, "menu.layers"));
        Menu below = new Menu(menu);
        item.setMenu(below);
        for (Layer layer : Layer.values()) {
            MenuItem check = new MenuItem(below, SWT.CHECK);
            check.setText(TEXTS.text(locale, "layer." + layer.name()));
            check.setSelection(!hidden.contains(layer));
            check.setData("standfest.id", "layer." + layer.name());
            check.addListener(SWT.Selection, _ -> show(layer, check.getSelection()));
        }
    }

    private void show(Layer layer, boolean shown) {
        if (shown ? hidden.remove(layer) : hidden.add(layer)) {
            onChange.run();
        }
    }
}
