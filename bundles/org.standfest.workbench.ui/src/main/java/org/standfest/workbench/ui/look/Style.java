package org.standfest.workbench.ui.look;

import org.eclipse.swt.widgets.Widget;

/** The classes of the style sheets; a widget gets one, the theme gives it its colours. */
public enum Style {
    /** Behind everything. */
    PAGE("sf-page"),
    /** A card or sheet. */
    SURFACE("sf-surface"),
    /** Text that is read second, on a page. */
    MUTED("sf-muted"),
    /** Text that is read second, on a card. */
    SURFACE_MUTED("sf-surface-muted"),
    /** The one primary button of a page or card. */
    PRIMARY("sf-primary"),
    /** A box that is ticked: light on every page, so that it is seen on a dark one. */
    CHECK("sf-check"),
    /** A strip that tells of a disturbance. */
    NOTICE("sf-notice");

    /** The key that the workbench's CSS engine reads. */
    private static final String CSS_CLASS = "org.eclipse.e4.ui.css.CssClassName";

    private final String name;

    Style(String name) {
        this.name = name;
    }

    /** Gives a widget this class. */
    public <W extends Widget> W on(W widget) {
        widget.setData(CSS_CLASS, name);
        return widget;
    }
}
