package org.standfest.management;

import java.util.Locale;

/** Long works on the pool. */
public enum TaskKind {
    /** Every byte of a system is re-read because somebody asked. */
    VERIFY,
    /** Every byte of the pool is re-read because it is time. */
    SCRUB,
    /** What is damaged is put right. */
    REPAIR,
    /** A point is written in its native form. */
    EXPORT,
    /** A first copy comes from a courier disk. */
    IMPORT,
    /** Source and pool are compared. */
    COMPARE,
    /** A recovery point of a whole group is made. */
    GROUP;

    /** The words of this work for people. */
    public String text(Locale locale) {
        return ManagementTexts.CATALOG.text(locale, "task." + name());
    }
}
