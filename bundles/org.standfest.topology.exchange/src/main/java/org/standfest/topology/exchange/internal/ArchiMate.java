package org.standfest.topology.exchange.internal;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EClassifier;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.standfest.topology.TopologyPackage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of the model is what of ArchiMate 3; {@code docs/exchange.md} says the same. */
final class ArchiMate {

    static final String NAMESPACE = "http://www.opengroup.org/xsd/archimate/3.0/";
    static final String SCHEMA = "http://www.opengroup.org/xsd/archimate/3.1/archimate3_Model.xsd";

    /** Before the names of our own properties. */
    static final String OWN = "standfest.";

    /** The property that tells the class. */
    static final String CLASS = OWN + "class";

    /** The property of a relationship that tells which reference it is. */
    static final String FEATURE = OWN + "feature";

    /** The property that holds the days of a load profile. */
    static final String DAYS = OWN + "days";

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("Topology", "Grouping"),
                    Map.entry("Site", "Facility"),
                    Map.entry("PowerFeed", "Equipment"),
                    Map.entry("Host", "Device"),
                    Map.entry("PhysicalServer", "Device"),
                    Map.entry("Spare", "Device"),
                    Map.entry("VirtualMachine", "Node"),
                    Map.entry("Storage", "Device"),
                    Map.entry("Disk", "Device"),
                    Map.entry("NetworkInterface", "TechnologyInterface"),
                    Map.entry("Network", "CommunicationNetwork"),
                    Map.entry("Link", "Path"),
                    Map.entry("Service", "TechnologyService"),
                    Map.entry("Customer", "BusinessActor"),
                    Map.entry("Contact", "BusinessActor"),
                    Map.entry("Licence", "Contract"),
                    Map.entry("ImagePool", "TechnologyCollaboration"),
                    Map.entry("BackupPlan", "TechnologyProcess"),
                    Map.entry("MirrorPair", "TechnologyCollaboration"),
                    Map.entry("FailoverCluster", "TechnologyCollaboration"),
                    Map.entry("AvailabilityGroup", "TechnologyCollaboration"),
                    Map.entry("StandbyProtection", "TechnologyProcess"),
                    Map.entry("MirroredSites", "TechnologyCollaboration"),
                    Map.entry("FailureData", "Constraint"),
                    Map.entry("LoadProfile", "Constraint"));

    private ArchiMate() {}

    /** The kind of element that a class becomes; what has no better one is a grouping. */
    static String typeOf(EClass type) {
        return TYPES.getOrDefault(type.getName(), "Grouping");
    }

    /** The kind of relationship that a reference becomes. */
    static String relationOf(EReference reference) {
        if (reference.isContainment()) {
            return "Composition";
        }
        return reference == TopologyPackage.Literals.VIRTUAL_MACHINE__HOST
                ? "Assignment"
                : "Association";
    }

    /** The class of the model by its name; empty for none. */
    static Optional<EClass> classOf(String name) {
        EClassifier found = TopologyPackage.eINSTANCE.getEClassifier(name);
        return found instanceof EClass type && !type.isAbstract()
                ? Optional.of(type)
                : Optional.empty();
    }

    /** Attributes that are properties, beside identity, name and note. */
    static List<EStructuralFeature> attributes(EClass type) {
        List<EStructuralFeature> found = new ArrayList<>();
        for (EStructuralFeature each : type.getEAllStructuralFeatures()) {
            if (!(each instanceof EReference)
                    && !each.isTransient()
                    && each.getEContainingClass() != TopologyPackage.Literals.ELEMENT) {
                found.add(each);
            }
        }
        return found;
    }

    /** References that are relationships; days of a load are a property. */
    static List<EReference> references(EClass type) {
        List<EReference> found = new ArrayList<>();
        for (EReference each : type.getEAllReferences()) {
            if (!each.isTransient()
                    && !each.isContainer()
                    && each != TopologyPackage.Literals.LOAD_PROFILE__DAYS) {
                found.add(each);
            }
        }
        return found;
    }
}
