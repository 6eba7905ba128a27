package org.standfest.topology.compare;

import org.eclipse.emf.common.util.Enumerator;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.standfest.results.Catalog;
import org.standfest.topology.Element;
import org.standfest.topology.LoadDay;
import org.standfest.topology.Topology;
import org.standfest.topology.edit.ElementWords;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Topologies and their differences as text, in one language. Immutable, safe for any thread. */
public final class DiffText {

    private static final Catalog TEXTS = Catalog.beside(DiffText.class);

    private final Locale locale;
    private final ElementWords words;

    /** In a language. */
    public DiffText(Locale locale) {
        this.locale = locale;
        this.words = new ElementWords(locale);
    }

    /**
     * Differences as lines: {@code + } added, {@code - } removed, {@code ~ } changed with what,
     * {@code > } moved in the drawing.
     */
    public List<String> lines(List<Difference> differences) {
        List<String> lines = new ArrayList<>();
        for (Difference each : differences) {
            String sign =
                    switch (each.kind()) {
                        case ADDED -> "+ ";
                        case REMOVED -> "- ";
                        case CHANGED -> "~ ";
                        case MOVED -> "> ";
                    };
            lines.add(sign + title(each.element()));
            if (each.kind() == Difference.Kind.CHANGED) {
                each.changes().forEach(it -> lines.add("    " + change(it)));
            }
        }
        return lines;
    }

    /** An element with what it is and where it lies. */
    public String title(Element element) {
        String own =
                TEXTS.text(locale, "element", words.type(element.eClass()), words.label(element));
        return element.eContainer() instanceof Element whole && !(whole instanceof Topology)
                ? own + TEXTS.text(locale, "in", words.label(whole))
                : own;
    }

    /** One change: what, from, to. */
    public String change(Difference.Change change) {
        String name =
                change.feature() == null
                        ? TEXTS.text(locale, "place")
                        : words.feature(change.feature());
        if (change.before() instanceof List<?> old && change.after() instanceof List<?> now) {
            List<String> before = old.stream().map(this::value).toList();
            List<String> after = now.stream().map(this::value).toList();
            String more = listed("+", after, before);
            String less = listed("-", before, after);
            return name
                    + ": "
                    + (more.isEmpty() && less.isEmpty()
                            ? TEXTS.text(locale, "order")
                            : (more + ' ' + less).strip());
        }
        return name + ": " + value(change.before()) + " \u2192 " + value(change.after());
    }

    private static String listed(String sign, List<String> these, List<String> without) {
        return these.stream()
                .filter(it -> !without.contains(it))
                .map(it -> sign + it)
                .collect(Collectors.joining(", "));
    }

    /** A value as people read it; a dash for none. */
    public String value(Object value) {
        return switch (value) {
            case null -> "\u2013";
            case LoadDay day -> words.literal(day.getDay()) + ' ' + day.getPercentByHour();
            case EObject element -> words.label(element);
            case Enumerator literal -> words.literal(literal);
            case Boolean yes -> TEXTS.text(locale, yes ? "yes" : "no");
            default -> value.toString();
        };
    }

    /**
     * A topology as text for version control ({@code git}'s textconv): one line for each element
     * and each value that is stated, names instead of identities.
     */
    public List<String> text(Topology topology) {
        List<String> lines = new ArrayList<>();
        element(topology, 0, lines);
        return lines;
    }

    private void element(EObject element, int depth, List<String> lines) {
        String indent = "  ".repeat(depth);
        lines.add(
                indent
                        + TEXTS.text(
                                locale,
                                "element",
                                words.type(element.eClass()),
                                words.label(element)));
        for (EStructuralFeature feature : element.eClass().getEAllStructuralFeatures()) {
            if (isValue(feature) && element.eIsSet(feature)) {
                Object value = element.eGet(feature);
                String text =
                        value instanceof List<?> list
                                ? list.stream().map(this::value).collect(Collectors.joining(", "))
                                : value(value);
                lines.add(indent + "    " + words.feature(feature) + ": " + text);
            }
        }
        for (EReference reference : element.eClass().getEAllContainments()) {
            Object inside = element.eGet(reference);
            if (inside instanceof List<?> list) {
                list.forEach(it -> element((EObject) it, depth + 1, lines));
            }
        }
    }

    private static boolean isValue(EStructuralFeature feature) {
        return !feature.isTransient()
                && !feature.getName().equals("id")
                && !feature.getName().equals("name")
                && !feature.getName().equals("placement")
                && !(feature instanceof EReference reference
                        && (reference.isContainment() || reference.isContainer()));
    }
}
