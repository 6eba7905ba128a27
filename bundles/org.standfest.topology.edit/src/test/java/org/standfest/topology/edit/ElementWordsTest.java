package org.standfest.topology.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EClassifier;
import org.eclipse.emf.ecore.EEnum;
import org.eclipse.emf.ecore.EEnumLiteral;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.InternalEObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.topology.Host;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.TopologyPackage;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

class ElementWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyClassFeatureAndLiteralHasAWord(String language) {
        ElementWords words = new ElementWords(Locale.of(language));
        for (EClassifier classifier : TopologyPackage.eINSTANCE.getEClassifiers()) {
            if (classifier instanceof EClass type) {
                if (!type.isAbstract()) {
                    check(words.type(type));
                }
                for (EStructuralFeature feature : type.getEAllStructuralFeatures()) {
                    check(words.feature(feature));
                }
            } else if (classifier instanceof EEnum kinds) {
                for (EEnumLiteral literal : kinds.getELiterals()) {
                    check(words.literal(literal.getInstance()));
                }
            }
        }
    }

    private static void check(String word) {
        assertFalse(word.isBlank() || word.contains("!"), word);
    }

    @Test
    void labelIsTheNameOrSaysThatThereIsNone() {
        Host host = TopologyFactory.eINSTANCE.createHost();
        ElementWords german = new ElementWords(Locale.GERMAN);
        assertEquals("Host ohne Namen", german.label(host));
        host.setName("rathaus-1");
        assertEquals("rathaus-1", german.label(host));
        ((InternalEObject) host).eSetProxyURI(URI.createURI("#4711"));
        assertEquals("Fehlt: 4711", german.label(host));
    }

    @Test
    void unitsAreShown() {
        ElementWords english = new ElementWords(Locale.ENGLISH);
        assertEquals(
                "Memory (MiB)", english.feature(TopologyPackage.Literals.MACHINE__MEMORY_MI_B));
    }

    @Test
    void everyConcreteClassHasAnIconOfItsOwnInTheFamilyStyle() {
        Map<String, EClass> seen = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (EClassifier classifier : TopologyPackage.eINSTANCE.getEClassifiers()) {
            if (classifier instanceof EClass type && !type.isAbstract()) {
                assertTrue(keys.add(ElementIcons.key(type)));
                assertNotEquals("unknown", ElementIcons.key(type));
                String svg = ElementIcons.svg(type);
                assertTrue(svg.contains("viewBox=\"0 0 16 16\""), svg);
                assertTrue(svg.contains("stroke-width=\"1.5\""), svg);
                assertTrue(svg.contains("stroke=\"#5b7da1\""), svg);
                assertEquals(null, seen.put(svg, type), "same picture: " + type.getName());
            }
        }
        assertTrue(ElementIcons.svg(TopologyPackage.Literals.PROTECTION).startsWith("<svg"));
    }
}
