package org.standfest.designer.ui.internal.editing;

import org.standfest.results.Catalog;

import java.text.NumberFormat;
import java.util.Locale;

/** The words of editing in one language. Immutable. */
final class EditWords {

    private static final Catalog TEXTS = Catalog.beside(EditWords.class);
    private final Locale locale;

    EditWords(Locale locale) {
        this.locale = locale;
    }

    String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }

    /** The name of a change of one or of several elements. */
    String counted(String key, int count, String one) {
        return count == 1 ? text(key, one) : text(key + ".several", count);
    }

    /** An amount of memory in gibibytes. */
    String gib(long mib) {
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(mib < 10 * 1024 ? 1 : 0);
        return format.format(mib / 1024.0);
    }
}
