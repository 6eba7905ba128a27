package org.standfest.analysis.commands;

import org.standfest.analysis.availability.PlatformResult;
import org.standfest.analysis.availability.SampledEstimate;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.results.Catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is exact, bounded or estimated, each said in the same line. Stateless. */
final class PlatformText {

    private static final double PERCENT = 100;

    private final Catalog texts;
    private final Locale locale;

    PlatformText(Catalog texts, Locale locale) {
        this.texts = texts;
        this.locale = locale;
    }

    /** A line for an answer. */
    String line(PlatformResult it) {
        String value =
                it.isExact()
                        ? texts.text(locale, "value.exact", number(it.bounds().upper()))
                        : bounds(it.bounds());
        return texts.text(
                locale,
                "platform." + it.question(),
                value + it.estimate().map(this::estimate).orElse(""),
                it.atLeast(),
                it.services(),
                it.siteName());
    }

    String bounds(Bounds bounds) {
        return texts.text(
                locale,
                "value.bounds",
                number(bounds.lower()),
                number(bounds.upper()),
                String.format(locale, "%.2g", PERCENT * bounds.width()));
    }

    String estimate(SampledEstimate it) {
        return texts.text(
                locale,
                "value.estimate",
                number(it.value()),
                number(it.low()),
                number(it.high()),
                Math.round(PERCENT * it.confidence()),
                it.samples(),
                Long.toString(it.seed()));
    }

    private String number(double value) {
        return String.format(locale, "%.4e", value);
    }

    static Map<String, Object> json(PlatformResult it) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("question", it.question().name());
        if (!it.siteName().isEmpty()) {
            all.put("site", it.siteName());
        }
        all.put("atLeast", it.atLeast());
        all.put("services", it.services());
        all.put("exact", it.isExact());
        all.put("lower", it.bounds().lower());
        all.put("upper", it.bounds().upper());
        it.estimate().ifPresent(one -> all.put("estimate", one));
        return all;
    }

    static List<Map<String, Object>> json(List<PlatformResult> all) {
        return all.stream().map(PlatformText::json).toList();
    }

    /** A seed from 0 on; nothing when the option is not one. */
    static Optional<Optional<Long>> seed(Optional<String> option) {
        if (option.isEmpty()) {
            return Optional.of(Optional.empty());
        }
        return option.get().matches("[0-9]{1,18}")
                ? Optional.of(option.map(Long::valueOf))
                : Optional.empty();
    }
}
