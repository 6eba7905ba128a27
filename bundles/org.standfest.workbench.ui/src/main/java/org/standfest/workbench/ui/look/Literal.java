package org.standfest.workbench.ui.look;

/** Words that a person chose, such as a name: an ampersand in them marks no key. */
public final class Literal {

    private Literal() {}

    /** The words as a label, a button or a menu must be given them to show them as they are. */
    public static String of(String words) {
        return words.replace("&", "&&");
    }
}
