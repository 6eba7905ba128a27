package org.standfest.designer.ui.internal.properties;

import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EDataType;
import org.eclipse.emf.ecore.EEnum;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.edit.ElementWords;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which properties of a class of elements are shown, in which order and how. Plain. */
public final class PropertyPlan {

    private static final Pattern UNIT = Pattern.compile("(.*\\S)\\s*\\(([^()]+)\\)");

    private PropertyPlan() {}

    /** How a property is edited. */
    public enum Kind {
        /** One line of text. */
        TEXT,
        /** Several lines of text. */
        NOTE,
        /** A number. */
        NUMBER,
        /** One of several words. */
        CHOICE,
        /** Yes or no. */
        FLAG,
        /** Another element. */
        REFERENCE,
        /** Several other elements; shown, not edited here. */
        LIST
    }

    /**
     * One property.
     *
     * @param feature of the model
     * @param kind how it is edited
     * @param label its name without the unit
     * @param unit its unit; empty if it has none
     */
    public record Field(EStructuralFeature feature, Kind kind, String label, String unit) {}

    /** The properties of a class: name first, relations after figures, the note last. */
    public static List<Field> of(EClass type, ElementWords words) {
        List<Field> first = new ArrayList<>();
        List<Field> figures = new ArrayList<>();
        List<Field> relations = new ArrayList<>();
        List<Field> last = new ArrayList<>();
        for (EStructuralFeature feature : type.getEAllStructuralFeatures()) {
            if (!shown(feature)) {
                continue;
            }
            Field field = field(feature, words);
            if (feature == TopologyPackage.Literals.ELEMENT__NAME) {
                first.add(field);
            } else if (feature == TopologyPackage.Literals.ELEMENT__NOTE) {
                last.add(field);
            } else if (feature instanceof EReference) {
                relations.add(field);
            } else {
                figures.add(field);
            }
        }
        first.addAll(figures);
        first.addAll(relations);
        first.addAll(last);
        return first;
    }

    private static boolean shown(EStructuralFeature feature) {
        return feature != TopologyPackage.Literals.ELEMENT__ID
                && feature != TopologyPackage.Literals.COMPONENT__PLACEMENT
                && !feature.isDerived()
                && !(feature instanceof EReference reference
                        && (reference.isContainment() || reference.isContainer()));
    }

    private static Field field(EStructuralFeature feature, ElementWords words) {
        String label = words.feature(feature);
        Matcher unit = UNIT.matcher(label);
        boolean number = kind(feature) == Kind.NUMBER;
        return number && unit.matches()
                ? new Field(feature, kind(feature), unit.group(1), unit.group(2))
                : new Field(feature, kind(feature), label, "");
    }

    private static Kind kind(EStructuralFeature feature) {
        if (feature.isMany()) {
            return Kind.LIST;
        }
        if (feature == TopologyPackage.Literals.ELEMENT__NOTE) {
            return Kind.NOTE;
        }
        if (feature instanceof EAttribute attribute) {
            return kind(attribute.getEAttributeType());
        }
        return Kind.REFERENCE;
    }

    private static Kind kind(EDataType type) {
        if (type instanceof EEnum) {
            return Kind.CHOICE;
        }
        Class<?> java = type.getInstanceClass();
        if (java == boolean.class || java == Boolean.class) {
            return Kind.FLAG;
        }
        return java == String.class ? Kind.TEXT : Kind.NUMBER;
    }
}
