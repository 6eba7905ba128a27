package org.standfest.designer.ui.internal.drawing;

import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.reports.FigureText;
import org.standfest.designer.ui.internal.document.AnalysisState;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What stands beside each service in the drawing: its availability and downtime a year, with a sign
 * for what kind of number it is.
 */
public final class ServiceNotes {

    private ServiceNotes() {}

    /** The words by id of the service; empty before the first result. */
    public static Map<String, String> of(AnalysisState state, Locale locale) {
        Map<String, String> notes = new LinkedHashMap<>();
        state.result()
                .ifPresent(
                        result ->
                                result.availability().services().stream()
                                        .filter(it -> it.goal().siteId().isEmpty())
                                        .forEach(
                                                it ->
                                                        notes.put(
                                                                it.goal().serviceId(),
                                                                note(result, it, locale))));
        return notes;
    }

    private static String note(AnalysisResult result, ServiceAvailability it, Locale locale) {
        String availability = availability(result, it, locale);
        return result.quality(it).kind() == AnalysisResult.Quality.Kind.UNKNOWN
                ? availability
                : new Words(locale)
                        .text(
                                "note.service",
                                availability,
                                new FigureText(locale).downtime(it.unavailability()));
    }

    /** An availability with the signs for estimate, bound and default data. */
    public static String availability(
            AnalysisResult result, ServiceAvailability it, Locale locale) {
        AnalysisResult.Quality quality = result.quality(it);
        if (quality.kind() == AnalysisResult.Quality.Kind.UNKNOWN) {
            return new Words(locale).text("note.unknown");
        }
        String sign =
                switch (quality.kind()) {
                    case EXACT, UNKNOWN -> "";
                    case ESTIMATE -> "\u2248\u00a0";
                    case BOUND -> "\u2265\u00a0";
                };
        return sign
                + new FigureText(locale).availability(it.unavailability())
                + (it.assumedShare() > 0 ? "*" : "");
    }
}
