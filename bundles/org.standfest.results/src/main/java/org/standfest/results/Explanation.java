package org.standfest.results;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Why something is as it is, in three parts that a person can use: what happened, what it means for
 * them, what they can do now. The words are looked up late, so that one outcome can be shown in
 * several languages.
 *
 * <p>Two explanations are equal when code and arguments are. Immutable, safe for any thread.
 */
public final class Explanation {

    private final String code;
    private final List<String> arguments;
    private final Wording wording;

    /**
     * @param code stable, dotted, lower case ({@code pool.disk-full}); read out on the phone and
     *     looked up in the manual
     * @param arguments what fills {@code {0}}, {@code {1}}, … of the texts
     * @param wording where the texts of the code come from
     */
    public Explanation(String code, List<String> arguments, Wording wording) {
        this.code = Objects.requireNonNull(code);
        this.arguments = List.copyOf(arguments);
        this.wording = Objects.requireNonNull(wording);
    }

    /**
     * An explanation whose texts were written elsewhere already, for example received from a
     * standby.
     */
    public static Explanation rendered(String code, String happened, String meaning, String next) {
        List<String> sentences = List.of(happened, meaning, next);
        return rendered(code, List.of(), sentences, sentences);
    }

    /**
     * An explanation whose texts were written elsewhere already, in both languages.
     *
     * @param arguments what filled the texts
     * @param english what happened, what it means, what to do next
     * @param german the same in German
     */
    public static Explanation rendered(
            String code, List<String> arguments, List<String> english, List<String> german) {
        return new Explanation(code, arguments, new RenderedWording(english, german));
    }

    /** What happened, what it means, what to do next. */
    public List<String> sentences(Locale locale) {
        return List.of(happened(locale), meaning(locale), next(locale));
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** What fills the texts' placeholders. */
    public List<String> arguments() {
        return arguments;
    }

    /** What happened, one sentence. */
    public String happened(Locale locale) {
        return wording.text(code, Part.HAPPENED, arguments, locale);
    }

    /** What it means for the reader, one sentence. */
    public String meaning(Locale locale) {
        return wording.text(code, Part.MEANING, arguments, locale);
    }

    /** What the reader can do now, one sentence. */
    public String next(Locale locale) {
        return wording.text(code, Part.NEXT, arguments, locale);
    }

    /** All three sentences in one line. */
    public String inFull(Locale locale) {
        return String.join(" ", sentences(locale)).strip();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Explanation that
                && code.equals(that.code)
                && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, arguments);
    }

    /** For logs and test reports: code and arguments with the English first sentence. */
    @Override
    public String toString() {
        return code + arguments + ": " + happened(Locale.ENGLISH);
    }

    /** The three parts of an explanation. */
    public enum Part {
        /** What happened. */
        HAPPENED,
        /** What it means. */
        MEANING,
        /** What to do next. */
        NEXT
    }

    /**
     * Where the texts come from: a {@link Catalog}, or the other end of a wire. Must be safe for
     * any thread.
     */
    @FunctionalInterface
    public interface Wording {
        /** The text of one part of one code, never {@code null}. */
        String text(String code, Part part, List<String> arguments, Locale locale);
    }

    private record RenderedWording(List<String> english, List<String> german) implements Wording {

        RenderedWording {
            english = List.copyOf(english);
            german = List.copyOf(german);
            if (english.size() != 3 || german.size() != 3) {
                throw new IllegalArgumentException("an explanation has three sentences");
            }
        }

        @Override
        public String text(String code, Part part, List<String> arguments, Locale locale) {
            List<String> known =
                    locale.getLanguage().equals(Locale.GERMAN.getLanguage()) ? german : english;
            return known.get(part.ordinal());
        }
    }
}
