package org.standfest.management;

import java.util.List;
import java.util.Objects;

/**
 * All histories of a system, so that a person can decide; none is ever thrown away without a word.
 *
 * @param systemId the system
 * @param split whether two of them have gone different ways
 * @param histories all of them
 */
public record HistoryList(String systemId, boolean split, List<HistoryInfo> histories) {
    /** Copies. */
    public HistoryList {
        Objects.requireNonNull(systemId);
        histories = List.copyOf(histories);
    }
}
