package org.standfest.workbench.ui.look;

/** The roles that colours play; a {@link Shades} gives each its value. */
public enum Shade {
    /** Behind everything. */
    WINDOW,
    /** Cards and sheets on the window. */
    SURFACE,
    /** A card inside a card. */
    INSET,
    /** Lines between and around. */
    LINE,
    /** What is read. */
    TEXT,
    /** What is read second. */
    MUTED,
    /** Selection, links, the one primary button. */
    ACCENT,
    /** Text on the accent. */
    ON_ACCENT,
    /** A faint wash of the accent. */
    ACCENT_WASH,
    /** Light {@link Light#IN_ORDER}. */
    GREEN,
    /** Light {@link Light#ATTENTION}. */
    AMBER,
    /** Light {@link Light#DOWN}. */
    RED,
    /** Light {@link Light#UNKNOWN}. */
    GREY,
    /** Light {@link Light#EMERGENCY}. */
    BLUE,
    /** Light {@link Light#PLANNED}. */
    VIOLET;

    /** The shade of a light. */
    public static Shade of(Light light) {
        return switch (light) {
            case DOWN -> RED;
            case ATTENTION -> AMBER;
            case EMERGENCY -> BLUE;
            case PLANNED -> VIOLET;
            case UNKNOWN -> GREY;
            case IN_ORDER -> GREEN;
        };
    }
}
