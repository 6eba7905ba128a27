package org.standfest.topology.files.internal;

import org.eclipse.emf.common.util.Enumerator;
import org.eclipse.emf.ecore.EDataType;
import org.eclipse.emf.ecore.EEnum;
import org.eclipse.emf.ecore.EEnumLiteral;

import java.util.regex.Pattern;

/** Plain values as text and back. There is one text for each value, and no other is understood. */
final class ValueCodec {

    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,9}");
    private static final Pattern DECIMAL =
            Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,17})?(E-?[0-9]{1,3})?");
    private static final double WHOLE_UP_TO = 1e15;

    private ValueCodec() {}

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException when the text is not one of a value of this type
     */
    static Object parse(EDataType type, String text) {
        if (type instanceof EEnum kinds) {
            EEnumLiteral literal = kinds.getEEnumLiteralByLiteral(text);
            check(literal != null, text);
            return literal.getInstance();
        }
        Class<?> form = type.getInstanceClass();
        if (form == String.class) {
            return text;
        }
        if (form == int.class || form == Integer.class) {
            check(WHOLE.matcher(text).matches(), text);
            return Integer.valueOf(text);
        }
        if (form == double.class || form == Double.class) {
            check(DECIMAL.matcher(text).matches(), text);
            Double value = Double.valueOf(text);
            check(Double.isFinite(value), text);
            return value;
        }
        if (form == boolean.class) {
            check(text.equals("true") || text.equals("false"), text);
            return Boolean.valueOf(text);
        }
        throw new IllegalStateException("no form in files for " + type.getName());
    }

    /**
     * The text of a value.
     *
     * @throws IllegalArgumentException when a file cannot hold it
     */
    static String format(Object value) {
        return switch (value) {
            case Enumerator literal -> literal.getLiteral();
            case Double number -> format(number.doubleValue());
            case String text -> {
                check(isWritable(text), text);
                yield text;
            }
            default -> value.toString();
        };
    }

    private static String format(double number) {
        check(Double.isFinite(number), "not a finite number");
        return number == Math.rint(number) && Math.abs(number) < WHOLE_UP_TO
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** XML 1.0 has no place for control characters and halves of surrogate pairs. */
    private static boolean isWritable(String text) {
        return text.codePoints()
                .allMatch(
                        c ->
                                c >= 0x20 && c <= 0xD7FF
                                        || c == '\t'
                                        || c == '\n'
                                        || c == '\r'
                                        || c >= 0xE000 && c <= 0xFFFD
                                        || c >= 0x10000);
    }

    private static void check(boolean good, String text) {
        if (!good) {
            throw new IllegalArgumentException(text);
        }
    }
}
