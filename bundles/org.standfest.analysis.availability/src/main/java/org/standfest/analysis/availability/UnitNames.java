package org.standfest.analysis.availability;

import org.standfest.results.Catalog;

import java.util.Locale;

/** What units are called in a language: one wording for command line, designer and reports. */
public final class UnitNames {

    private static final Catalog CATALOG = Catalog.beside(UnitNames.class);

    private UnitNames() {}

    /** The element's name with what of it fails; a star says that the figures are a default. */
    public static String name(Unit unit, Locale locale) {
        return unit.assumed() ? plain(unit, locale) + "*" : plain(unit, locale);
    }

    /** The same without the star. */
    public static String plain(Unit unit, Locale locale) {
        return unit.role() == Unit.Role.ITSELF
                ? unit.elementName()
                : CATALOG.text(locale, "role." + unit.role().name(), unit.elementName());
    }

    /** What an improvement is called. */
    public static String name(Improvement.Kind kind, Locale locale) {
        return CATALOG.text(locale, "improve." + kind.name());
    }

    /** What a datum is called: whose figure it is, and which. */
    public static String name(Datum datum, Locale locale) {
        return CATALOG.text(locale, "datum." + datum.what().name(), datum.name(locale));
    }
}
