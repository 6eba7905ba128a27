package org.standfest.designer.ui.internal.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

class DrawOrderTest {

    private static DrawOrder read(String... words) {
        return DrawOrder.of(List.of(words)).orThrow();
    }

    private static void assertRefused(String beginning, String... words) {
        Outcome.Refused<?> refused =
                assertInstanceOf(Outcome.Refused.class, DrawOrder.of(List.of(words)));
        assertTrue(
                refused.explanation().inFull(Locale.ENGLISH).startsWith(beginning),
                () -> refused.explanation().inFull(Locale.ENGLISH));
    }

    @Test
    void everyWordHasItsMeaning() {
        DrawOrder order =
                read("--to", "out", "--format", "svg", "--scale", "2", "--dark", "a", "b");
        assertEquals(
                new DrawOrder(
                        false, true, "svg", 2, Path.of("out"), List.of(Path.of("a"), Path.of("b"))),
                order);
        assertTrue(read("--help").help());
    }

    @Test
    void whatCannotBeMeantIsSaidInAllItsParts() {
        assertRefused("No file was named. Nothing was drawn. Name at least one file");
        assertRefused("draw does not know --drak.", "--drak", "a.topology");
        assertRefused("--to needs a value.", "a.topology", "--to");
        assertRefused("gif is not a format of pictures.", "--format", "gif", "a.topology");
        for (String wrong : List.of("large", "0", "-1", "NaN", "1e9")) {
            assertRefused(wrong + " is not a size.", "--scale", wrong, "a.topology");
        }
    }

    @Test
    void thePictureNeverLiesOnItsTopology() {
        for (String format : List.of("png", "svg")) {
            for (String name : List.of("town.topology", "town", "town." + format)) {
                Path file = Path.of(name);
                Path target = read("--to", "", "--format", format, name).target(file);
                assertNotEquals(file, target);
                assertTrue(target.toString().endsWith("." + format));
            }
        }
    }
}
