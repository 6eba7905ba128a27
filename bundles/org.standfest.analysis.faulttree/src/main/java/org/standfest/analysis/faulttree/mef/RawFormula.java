package org.standfest.analysis.faulttree.mef;

import java.util.ArrayList;
import java.util.List;

/** A formula or an arithmetic expression as it stands in the file. */
final class RawFormula {

    /** The element's name. */
    final String tag;

    /** What the element's name, value or min attribute says; may be null. */
    final String value;

    /** The max attribute; may be null. */
    final String max;

    /** Where it stands. */
    final Place place;

    final List<RawFormula> arguments = new ArrayList<>();

    RawFormula(String tag, String value, String max, Place place) {
        this.tag = tag;
        this.value = value;
        this.max = max;
        this.place = place;
    }

    /** A line and a column, counted from 1. */
    record Place(int line, int column) {

        @Override
        public String toString() {
            return line + ":" + column;
        }
    }
}
