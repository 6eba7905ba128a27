package org.standfest.analysis.availability;

import org.standfest.topology.Component;
import org.standfest.topology.Confidence;
import org.standfest.topology.FailureData;

/**
 * How something fails and is repaired.
 *
 * @param mtbfHours mean time of being up, above 0
 * @param mttrHours mean time of being down, above 0
 * @param origin what identifies the entry of the catalogue or the default
 * @param english what that is called in English
 * @param german and in German
 * @param confidence how far they can be trusted
 * @param source where they come from, or empty
 * @param assumed whether they are a default
 */
record Figures(
        double mtbfHours,
        double mttrHours,
        String origin,
        String english,
        String german,
        Confidence confidence,
        String source,
        boolean assumed) {

    /**
     * What is stated of an element, as far as it can be used; otherwise the default of its kind.
     */
    static Figures of(Component element, ComponentDefault otherwise) {
        FailureData data = element.getFailureData();
        boolean usable = data != null && !data.eIsProxy() && usable(data);
        if (!usable) {
            return of(otherwise);
        }
        String source = data.getSource() == null ? "" : data.getSource();
        String name = data.getName() == null ? "" : data.getName();
        return new Figures(
                data.getMtbfHours(),
                data.getMttrHours(),
                String.valueOf(data.getId()),
                name,
                name,
                data.getConfidence(),
                source,
                false);
    }

    /** Whether figures can be calculated with: finite and above zero, and so is their sum. */
    static boolean usable(FailureData data) {
        return data.getMtbfHours() > 0
                && data.getMttrHours() > 0
                && data.getMtbfHours() + data.getMttrHours() < Double.POSITIVE_INFINITY;
    }

    static Figures of(ComponentDefault it) {
        return new Figures(
                it.mtbfHours(),
                it.mttrHours(),
                "default:" + it.key(),
                it.english(),
                it.german(),
                it.confidence(),
                it.source(),
                true);
    }
}
