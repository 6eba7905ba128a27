package org.standfest.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EClassifier;
import org.eclipse.emf.ecore.EEnum;
import org.eclipse.emf.ecore.EEnumLiteral;
import org.eclipse.emf.ecore.EReference;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What every class of the model promises. */
class TopologyModelTest {

    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, double.class, Integer.class, Double.class);

    @Test
    void everyFigureHasARange() {
        for (EClassifier classifier : TopologyPackage.eINSTANCE.getEClassifiers()) {
            if (classifier instanceof EClass type) {
                for (EAttribute attribute : type.getEAttributes()) {
                    boolean figure =
                            NUMBERS.contains(attribute.getEAttributeType().getInstanceClass());
                    assertTrue(
                            !figure || FeatureRange.of(attribute).isPresent(),
                            type.getName() + "." + attribute.getName());
                }
            }
        }
    }

    @Test
    void everyWordOfAListHasItsOwnNumber() {
        for (EClassifier classifier : TopologyPackage.eINSTANCE.getEClassifiers()) {
            if (classifier instanceof EEnum list) {
                long numbers =
                        list.getELiterals().stream().map(EEnumLiteral::getValue).distinct().count();
                assertEquals(list.getELiterals().size(), numbers, list.getName());
            }
        }
    }

    @Test
    void referencesNeverLoadAnything() {
        for (EClassifier classifier : TopologyPackage.eINSTANCE.getEClassifiers()) {
            if (classifier instanceof EClass type) {
                for (EReference reference : type.getEReferences()) {
                    assertTrue(
                            reference.isContainment()
                                    || reference.isContainer()
                                    || !reference.isResolveProxies(),
                            type.getName() + "." + reference.getName());
                }
            }
        }
    }

    @Test
    void everythingButADayOfLoadHasAnIdentity() {
        for (EClassifier classifier : TopologyPackage.eINSTANCE.getEClassifiers()) {
            if (classifier instanceof EClass type && !type.isAbstract()) {
                assertEquals(
                        type != TopologyPackage.Literals.LOAD_DAY,
                        TopologyPackage.Literals.ELEMENT.isSuperTypeOf(type),
                        type.getName());
            }
        }
        assertTrue(TopologyPackage.Literals.ELEMENT__ID.isID());
    }

    @Test
    void whatNobodyStatedIsNullAndNotZero() {
        Service service = TopologyFactory.eINSTANCE.createService();
        assertNull(service.getRtoSeconds());
        assertNull(service.getRpoSeconds());
        assertNull(service.getMtpdSeconds());
        assertNull(TopologyFactory.eINSTANCE.createSite().getLatitudeDegrees());
    }

    @Test
    void hostsKnowTheirGuestsAndPlaces() {
        Site site = TopologyFactory.eINSTANCE.createSite();
        Host host = TopologyFactory.eINSTANCE.createHost();
        VirtualMachine guest = TopologyFactory.eINSTANCE.createVirtualMachine();
        site.getHosts().add(host);
        guest.setHost(host);
        assertSame(site, host.getSite());
        assertSame(guest, host.getVirtualMachines().getFirst());
        guest.setHost(null);
        assertTrue(host.getVirtualMachines().isEmpty());
    }

    @Test
    void rangesIncludeTheirEndsAndNothingElse() {
        FeatureRange percent =
                FeatureRange.of(TopologyPackage.Literals.LINK__REPLICATION_PERCENT).orElseThrow();
        assertTrue(percent.allows(0) && percent.allows(100) && percent.allows(null));
        assertFalse(percent.allows(-1) || percent.allows(101));
        FeatureRange id = FeatureRange.of(TopologyPackage.Literals.ELEMENT__ID).orElseThrow();
        assertTrue(id.allows("00000000-0000-4000-8000-000000000000"));
        assertFalse(id.allows("00000000-0000-4000-8000-00000000000G"));
        FeatureRange hours =
                FeatureRange.of(TopologyPackage.Literals.FAILURE_DATA__MTBF_HOURS).orElseThrow();
        assertFalse(hours.allows(Double.NaN) || hours.allows(Double.POSITIVE_INFINITY));
    }

    @Test
    void everyWordOfTheModelIsExplainedInTheModel() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("model", "topology.xcore"));
        int words = 0;
        boolean inside = false;
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean opens = line.matches("(abstract )?(class|interface|enum|type) .*");
            if (opens || inside && line.startsWith("\t") && !line.strip().startsWith("/*")) {
                String before = lines.get(i - 1).strip();
                assertTrue(before.endsWith("*/") || before.startsWith("@"), "unexplained: " + line);
                words++;
            }
            inside = (inside || opens) && !line.equals("}");
        }
        assertTrue(words > 250, words + " words");
    }
}
