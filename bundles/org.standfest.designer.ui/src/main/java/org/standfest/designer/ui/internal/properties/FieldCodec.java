package org.standfest.designer.ui.internal.properties;

import org.eclipse.emf.ecore.EDataType;
import org.eclipse.emf.ecore.util.ExtendedMetaData;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.HumanSize;
import org.standfest.workbench.ui.look.HumanTime;

import java.text.NumberFormat;
import java.text.ParsePosition;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Writes values of one data type for people, reads what they type, and says what is wrong with it.
 * Plain, immutable.
 */
final class FieldCodec {

    private static final Catalog TEXTS = Catalog.beside(FieldCodec.class);
    private static final int DIGITS = 6;
    private static final Set<String> UNGROUPED = Set.of("Year", "TcpPort", "VlanId");

    private final EDataType type;
    private final Locale locale;

    FieldCodec(EDataType type, Locale locale) {
        this.type = type;
        this.locale = locale;
    }

    private boolean text() {
        return type.getInstanceClass() == String.class;
    }

    private boolean whole() {
        Class<?> java = type.getInstanceClass();
        return java == int.class
                || java == Integer.class
                || java == long.class
                || java == Long.class;
    }

    private boolean optional() {
        return !type.getInstanceClass().isPrimitive();
    }

    /** As a person reads it; empty for what is not stated. */
    String write(Object value) {
        if (value == null) {
            return "";
        }
        if (text()) {
            return value.toString();
        }
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(DIGITS);
        format.setGroupingUsed(!UNGROUPED.contains(type.getName()));
        return format.format(value);
    }

    /** What is wrong with a text; empty if nothing. */
    Optional<String> problem(String typed) {
        String trimmed = typed.strip();
        if (text()) {
            return textProblem(trimmed);
        }
        if (trimmed.isEmpty()) {
            return optional() ? Optional.empty() : Optional.of(word("needed"));
        }
        Optional<Number> number = number(trimmed);
        if (number.isEmpty()) {
            return Optional.of(word("no-number", write(whole() ? 1500 : 1.5)));
        }
        double value = number.get().doubleValue();
        if (whole() && value != Math.rint(value)) {
            return Optional.of(word("whole"));
        }
        Optional<Double> low = bound(ExtendedMetaData.INSTANCE.getMinInclusiveFacet(type));
        Optional<Double> high = bound(ExtendedMetaData.INSTANCE.getMaxInclusiveFacet(type));
        boolean outside =
                low.filter(least -> value < least).isPresent()
                        || high.filter(most -> value > most).isPresent();
        return outside && low.isPresent() && high.isPresent()
                ? Optional.of(word("range", plain(low.get()), plain(high.get())))
                : Optional.empty();
    }

    private Optional<String> textProblem(String typed) {
        List<String> patterns = ExtendedMetaData.INSTANCE.getPatternFacet(type);
        boolean fits =
                typed.isEmpty() || patterns.isEmpty() || patterns.stream().anyMatch(typed::matches);
        return fits ? Optional.empty() : Optional.of(word("form." + type.getName()));
    }

    /** The value of a text without a problem; {@code null} for what is not stated. */
    Object read(String typed) {
        String trimmed = typed.strip();
        if (trimmed.isEmpty()) {
            return null;
        }
        if (text()) {
            return trimmed;
        }
        double value = number(trimmed).orElseThrow().doubleValue();
        Class<?> java = type.getInstanceClass();
        if (java == int.class || java == Integer.class) {
            return (int) value;
        }
        return java == long.class || java == Long.class ? (Object) (long) value : (Object) value;
    }

    private Optional<Number> number(String typed) {
        ParsePosition position = new ParsePosition(0);
        Number number = NumberFormat.getInstance(locale).parse(typed, position);
        return number == null || position.getIndex() < typed.length()
                ? Optional.empty()
                : Optional.of(number);
    }

    private static Optional<Double> bound(String facet) {
        return facet == null ? Optional.empty() : Optional.of(Double.valueOf(facet));
    }

    private String plain(double value) {
        return write(value == Math.rint(value) ? (Object) (long) value : (Object) value);
    }

    /** A large figure in other words: "= 1 h", "= 32 GiB"; empty where it needs none. */
    String inOtherWords(Object value) {
        if (!(value instanceof Number number)) {
            return "";
        }
        String name = type.getName();
        double amount = number.doubleValue();
        if (name.endsWith("Seconds") && amount >= 120) {
            HumanTime time = new HumanTime(locale, ZoneId.systemDefault());
            return "= " + time.duration(Duration.ofSeconds(number.longValue()));
        }
        if (name.equals("MiB") && amount >= 1024) {
            return "= " + HumanSize.of(number.longValue() << 20, locale);
        }
        if (name.equals("GiB") && amount >= 1024) {
            return "= " + HumanSize.of(number.longValue() << 30, locale);
        }
        if (name.equals("Hours") && amount >= 8_766) {
            NumberFormat years = NumberFormat.getInstance(locale);
            years.setMaximumFractionDigits(amount < 87_660 ? 1 : 0);
            return "= " + word("years", years.format(amount / 8_766));
        }
        return "";
    }

    private String word(String key, Object... arguments) {
        return TEXTS.text(locale, "field." + key, arguments);
    }
}
