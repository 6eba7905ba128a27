package org.standfest.results;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * The texts of one bundle of code: {@code messages.properties} (English) and {@code
 * messages_de.properties} beside a class. An explanation with the code {@code pool.disk-full} has
 * the keys {@code pool.disk-full.happened}, {@code .meaning} and {@code .next}; plain texts have
 * any other key. Texts are {@link MessageFormat} patterns (an apostrophe is written twice).
 *
 * <p>Immutable, safe for any thread. A missing key is a bug: the text is then the key between
 * exclamation marks, so that the reader still gets the rest, and the tests of the structure fail.
 */
public final class Catalog implements Explanation.Wording {

    private final String baseName;
    private final ClassLoader loader;

    private Catalog(String baseName, ClassLoader loader) {
        this.baseName = baseName;
        this.loader = loader;
    }

    /** The catalog that lies beside a class. */
    public static Catalog beside(Class<?> owner) {
        return new Catalog(owner.getPackageName() + ".messages", owner.getClassLoader());
    }

    /**
     * An explanation with a code of this catalog. An argument that is itself an explanation stands
     * for its first sentence, in the language of the reader.
     */
    public Explanation explain(String code, Object... arguments) {
        boolean nested = Arrays.stream(arguments).anyMatch(Explanation.class::isInstance);
        return new Explanation(
                code,
                strings(arguments, Locale.ENGLISH),
                nested ? new NestedWording(this, List.of(arguments)) : this);
    }

    /** A plain text of this catalog. */
    public String text(Locale locale, String key, Object... arguments) {
        return format(key, strings(arguments, locale), locale);
    }

    @Override
    public String text(String code, Explanation.Part part, List<String> arguments, Locale locale) {
        return format(code + '.' + part.name().toLowerCase(Locale.ROOT), arguments, locale);
    }

    private String format(String key, List<String> arguments, Locale locale) {
        ResourceBundle bundle;
        try {
            bundle = ResourceBundle.getBundle(baseName, locale, loader, ENGLISH_OTHERWISE);
        } catch (MissingResourceException missing) {
            return '!' + key + '!';
        }
        if (!bundle.containsKey(key)) {
            return '!' + key + '!';
        }
        return new MessageFormat(bundle.getString(key), locale).format(arguments.toArray());
    }

    private static List<String> strings(Object[] arguments, Locale locale) {
        return Arrays.stream(arguments)
                .map(one -> one instanceof Explanation why ? why.happened(locale) : "" + one)
                .toList();
    }

    private record NestedWording(Catalog catalog, List<Object> known)
            implements Explanation.Wording {
        @Override
        public String text(
                String code, Explanation.Part part, List<String> arguments, Locale locale) {
            return catalog.text(code, part, strings(known.toArray(), locale), locale);
        }
    }

    /**
     * English stands in the file without a suffix: the machine's own language must not come
     * between.
     */
    private static final ResourceBundle.Control ENGLISH_OTHERWISE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
}
