package org.standfest.topology.files.internal;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EClassifier;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.standfest.topology.TopologyPackage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the model's classes look in a file, derived from the model: an element is named after its
 * class ({@code <mirrorPair>}), attributes and references are XML attributes, containment is
 * nesting. What is derived, transient or points to the container does not stand in the file.
 */
final class FileSchema {

    /**
     * What an element stands for inside its parent.
     *
     * @param reference where the parent keeps it
     * @param type what to make
     */
    record Child(EReference reference, EClass type) {}

    private record Shape(
            Map<String, EStructuralFeature> attributes,
            List<EStructuralFeature> ordered,
            Map<String, Child> children,
            List<EReference> containments) {}

    private final Map<EClass, Shape> shapes = new HashMap<>();

    FileSchema() {
        List<EClass> concrete = new ArrayList<>();
        for (EClassifier classifier : TopologyPackage.eINSTANCE.getEClassifiers()) {
            if (classifier instanceof EClass type && !type.isAbstract()) {
                concrete.add(type);
            }
        }
        for (EClass type : concrete) {
            shapes.put(type, shape(type, concrete));
        }
    }

    /** What an XML attribute of a class sets, or {@code null}. */
    EStructuralFeature attribute(EClass type, String name) {
        return shapes.get(type).attributes.get(name);
    }

    /** What an XML element inside a class stands for, or {@code null}. */
    Child child(EClass type, String elementName) {
        return shapes.get(type).children.get(elementName);
    }

    /** What is written as XML attributes, in the order of the file. */
    List<EStructuralFeature> attributes(EClass type) {
        return shapes.get(type).ordered;
    }

    /** What is written as nested elements, in the order of the model. */
    List<EReference> containments(EClass type) {
        return shapes.get(type).containments;
    }

    /** The name of a class's elements. */
    static String elementName(EClass type) {
        String name = type.getName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static Shape shape(EClass type, List<EClass> concrete) {
        Map<String, EStructuralFeature> attributes = new HashMap<>();
        Map<String, Child> children = new HashMap<>();
        List<EReference> containments = new ArrayList<>();
        for (EStructuralFeature feature : type.getEAllStructuralFeatures()) {
            if (feature.isTransient() || feature.isDerived() || isContainer(feature)) {
                continue;
            }
            if (feature instanceof EReference reference && reference.isContainment()) {
                containments.add(reference);
                for (EClass candidate : concrete) {
                    if (reference.getEReferenceType().isSuperTypeOf(candidate)) {
                        Child before =
                                children.put(
                                        elementName(candidate), new Child(reference, candidate));
                        if (before != null) {
                            throw new IllegalStateException(
                                    type.getName()
                                            + " can hold a "
                                            + candidate.getName()
                                            + " twice");
                        }
                    }
                }
            } else {
                attributes.put(feature.getName(), feature);
            }
        }
        List<EStructuralFeature> ordered = new ArrayList<>(attributes.values());
        ordered.sort(
                Comparator.comparingInt(FileSchema::rank)
                        .thenComparing(EStructuralFeature::getName));
        return new Shape(attributes, ordered, children, containments);
    }

    /** Identity and name come first, because a person looks for them first. */
    private static int rank(EStructuralFeature feature) {
        return feature == TopologyPackage.Literals.ELEMENT__ID
                ? 0
                : feature == TopologyPackage.Literals.ELEMENT__NAME ? 1 : 2;
    }

    private static boolean isContainer(EStructuralFeature feature) {
        return feature instanceof EReference reference && reference.isContainer();
    }
}
