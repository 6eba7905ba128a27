package org.standfest.designer.ui.internal.patterns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.patterns.Pattern;
import org.standfest.patterns.standard.StandardPatterns;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.files.TopologyFiles;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

class TrialTest {

    private final TopologyDocument document =
            TopologyDocument.openExample(
                            Path.of("..", "..", "examples", "municipality.topology"),
                            Locale.ENGLISH)
                    .orThrow();

    static List<Pattern> all() {
        return StandardPatterns.all();
    }

    private byte[] bytes() {
        return new TopologyFiles().toBytes(document.topology()).orThrow();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aPatternIsOneStepThatUndoTakesBackToTheByte(Pattern pattern) {
        List<VirtualMachine> guests = document.topology().getVirtualMachines();
        document.select(List.of(guests.get(3), guests.get(5)), this);
        Trial trial = new Trial(document, Locale.ENGLISH, UUID::randomUUID);
        byte[] before = bytes();
        assertFalse(trial.preview(pattern, Map.of()).orThrow().differences().isEmpty());
        assertArrayEquals(before, bytes(), "a preview changes nothing");
        trial.lay(pattern, Map.of());
        byte[] laid = bytes();
        assertFalse(Arrays.equals(before, laid));
        assertEquals(pattern.name(Locale.ENGLISH), document.undoName().orElseThrow());
        document.undo();
        assertArrayEquals(before, bytes());
        document.redo();
        assertArrayEquals(laid, bytes());
    }
}
