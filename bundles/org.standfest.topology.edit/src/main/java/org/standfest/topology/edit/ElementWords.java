package org.standfest.topology.edit;

import org.eclipse.emf.common.util.Enumerator;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.InternalEObject;
import org.standfest.results.Catalog;
import org.standfest.topology.Element;
import org.standfest.topology.LoadDay;

import java.util.Locale;
import java.util.Objects;

/**
 * The words for a topology's elements in one language: the same in tree, canvas, wizard and report.
 * Immutable, safe for any thread.
 */
public final class ElementWords {

    private static final Catalog TEXTS = Catalog.beside(ElementWords.class);

    private final Locale locale;

    /** In a language; English where there is no other. */
    public ElementWords(Locale locale) {
        this.locale = Objects.requireNonNull(locale);
    }

    /** What elements of a class are called: "Host". */
    public String type(EClass type) {
        return TEXTS.text(locale, "class." + type.getName());
    }

    /** What a feature is called, with its unit: "Memory (MiB)". */
    public String feature(EStructuralFeature feature) {
        return TEXTS.text(locale, "feature." + feature.getName());
    }

    /** What a literal of one of the model's enumerations is called: "Data centre". */
    public String literal(Enumerator literal) {
        return TEXTS.text(
                locale,
                "literal." + literal.getClass().getSimpleName() + '.' + literal.getLiteral());
    }

    /** What an element is called: its name, or what it is where nobody has named it. */
    public String label(EObject element) {
        if (element.eIsProxy()) {
            String id = ((InternalEObject) element).eProxyURI().fragment();
            return TEXTS.text(locale, "missing", id);
        }
        if (element instanceof LoadDay day) {
            return literal(day.getDay());
        }
        if (element instanceof Element named && named.getName() != null) {
            return named.getName();
        }
        return TEXTS.text(locale, "unnamed", type(element.eClass()));
    }

    /**
     * One sentence part that says what an attribute of a class is about: "Memory (MiB) of Host".
     */
    public String describe(EStructuralFeature feature, EClass type) {
        return TEXTS.text(locale, "describe", feature(feature), type(type));
    }
}
