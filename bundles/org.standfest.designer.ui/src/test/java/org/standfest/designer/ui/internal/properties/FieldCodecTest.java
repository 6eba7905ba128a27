package org.standfest.designer.ui.internal.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.TopologyPackage.Literals;
import org.standfest.topology.edit.ElementWords;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

class FieldCodecTest {

    private static FieldCodec codec(String type, Locale locale) {
        return new FieldCodec(
                (org.eclipse.emf.ecore.EDataType) TopologyPackage.eINSTANCE.getEClassifier(type),
                locale);
    }

    @Test
    void writesAndReadsInTheReadersLocale() {
        FieldCodec german = codec("Mbps", Locale.GERMAN);
        assertEquals("1.500,5", german.write(1500.5));
        assertEquals(1500.5, german.read("1.500,5"));
        assertEquals(1500.5, codec("Mbps", Locale.ENGLISH).read("1,500.5"));
    }

    @Test
    void saysWhatIsWrongWithAnAmountOutOfRange() {
        assertEquals(Optional.of("from 0 to 100"), codec("Percent", Locale.ENGLISH).problem("130"));
        assertEquals(Optional.of("von 0 bis 100"), codec("Percent", Locale.GERMAN).problem("-1"));
        assertEquals(Optional.empty(), codec("Percent", Locale.ENGLISH).problem("100"));
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertFalse(codec("MiB", Locale.ENGLISH).problem("12 GB").isEmpty());
        assertFalse(codec("MiB", Locale.ENGLISH).problem("1.5").isEmpty());
        assertFalse(codec("MiB", Locale.ENGLISH).problem("").isEmpty());
    }

    @Test
    void takesAnEmptyFieldForNotStatedWhereThatIsAllowed() {
        FieldCodec stated = codec("StatedSeconds", Locale.ENGLISH);
        assertTrue(stated.problem("").isEmpty());
        assertNull(stated.read(""));
        assertEquals("", stated.write(null));
    }

    @Test
    void saysLargeFiguresInOtherWords() {
        assertEquals("= 32\u00a0GiB", codec("MiB", Locale.ENGLISH).inOtherWords(32_768));
        assertEquals("= 1 h", codec("Seconds", Locale.ENGLISH).inOtherWords(3_600));
        assertEquals("", codec("Seconds", Locale.ENGLISH).inOtherWords(30));
    }

    @Test
    void checksTheFormOfADay() {
        assertTrue(codec("Day", Locale.ENGLISH).problem("2027-12-31").isEmpty());
        assertFalse(codec("Day", Locale.ENGLISH).problem("31.12.2027").isEmpty());
    }

    @Test
    void putsTheNameFirstAndTheNoteLastAndSplitsUnitsOff() {
        List<PropertyPlan.Field> fields =
                PropertyPlan.of(Literals.HOST, new ElementWords(Locale.ENGLISH));
        assertEquals(Literals.ELEMENT__NAME, fields.getFirst().feature());
        assertEquals(Literals.ELEMENT__NOTE, fields.getLast().feature());
        PropertyPlan.Field memory =
                fields.stream()
                        .filter(each -> each.feature() == Literals.MACHINE__MEMORY_MI_B)
                        .findFirst()
                        .orElseThrow();
        assertEquals("MiB", memory.unit());
        assertEquals(PropertyPlan.Kind.NUMBER, memory.kind());
        assertTrue(fields.stream().noneMatch(each -> each.feature() == Literals.ELEMENT__ID));
    }
}
