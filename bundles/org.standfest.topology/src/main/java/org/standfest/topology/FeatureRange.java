package org.standfest.topology;

import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EDataType;
import org.eclipse.emf.ecore.util.ExtendedMetaData;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What values an attribute may have, as the model's types say. Immutable, safe for any thread.
 *
 * @param smallest as text of a number; empty where there is none
 * @param largest as text of a number; empty where there is none
 * @param form a regular expression for texts; empty where any text will do
 */
public record FeatureRange(
        Optional<String> smallest, Optional<String> largest, Optional<Pattern> form) {

    /** The range of an attribute; empty where its type allows everything. */
    public static Optional<FeatureRange> of(EAttribute attribute) {
        EDataType type = attribute.getEAttributeType();
        String smallest = ExtendedMetaData.INSTANCE.getMinInclusiveFacet(type);
        String largest = ExtendedMetaData.INSTANCE.getMaxInclusiveFacet(type);
        List<String> patterns = ExtendedMetaData.INSTANCE.getPatternFacet(type);
        if (smallest == null && largest == null && patterns.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new FeatureRange(
                        Optional.ofNullable(smallest),
                        Optional.ofNullable(largest),
                        patterns.stream().findFirst().map(Pattern::compile)));
    }

    /** Whether a value lies within; {@code null} ("not stated") always does. */
    public boolean allows(Object value) {
        return switch (value) {
            case null -> true;
            case Number number -> allows(number.doubleValue());
            case String text -> form.isEmpty() || form.get().matcher(text).matches();
            default -> true;
        };
    }

    private boolean allows(double number) {
        return Double.isFinite(number)
                && smallest.map(Double::valueOf).orElse(number) <= number
                && number <= largest.map(Double::valueOf).orElse(number);
    }
}
