package org.standfest.workbench.ui.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class ShadesTest {

    @ParameterizedTest
    @EnumSource(
            value = Shade.class,
            names = {"TEXT", "MUTED", "ACCENT", "GREEN", "AMBER", "RED", "GREY", "BLUE", "VIOLET"})
    void hasEnoughContrastOnEveryGroundInBothThemes(Shade ink) {
        for (Shades shades : List.of(Shades.LIGHT, Shades.DARK)) {
            for (Shade ground : List.of(Shade.WINDOW, Shade.SURFACE, Shade.INSET)) {
                double contrast = Shades.contrast(shades.rgb(ink), shades.rgb(ground));
                assertTrue(contrast >= 4.5, ink + " on " + ground + ": " + contrast);
            }
        }
    }

    @Test
    void hasEnoughContrastOnThePrimaryButton() {
        for (Shades shades : List.of(Shades.LIGHT, Shades.DARK)) {
            assertTrue(
                    Shades.contrast(shades.rgb(Shade.ON_ACCENT), shades.rgb(Shade.ACCENT)) >= 4.5);
        }
    }

    @Test
    void choosesTheThemeByItsGround() {
        assertEquals(Shades.DARK, Shades.on(Shades.DARK.rgb(Shade.WINDOW)));
        assertEquals(Shades.LIGHT, Shades.on(Shades.LIGHT.rgb(Shade.WINDOW)));
    }

    @Test
    void agreesWithTheStyleSheets() throws IOException {
        for (Shades shades : List.of(Shades.LIGHT, Shades.DARK)) {
            String css =
                    Files.readString(Path.of(shades.dark() ? "css/dark.css" : "css/light.css"));
            for (Shade shade :
                    List.of(Shade.WINDOW, Shade.SURFACE, Shade.TEXT, Shade.MUTED, Shade.ACCENT)) {
                String value = String.format("#%06X", shades.rgb(shade));
                assertTrue(css.contains(value), shade + " " + value);
            }
        }
    }

    @Test
    void givesEveryLightAShapeOfItsOwn() {
        Set<String> shapes = new HashSet<>();
        for (Light light : Light.values()) {
            shapes.add(Arrays.toString(light.corners(10)) + light.hollow());
        }
        assertEquals(Light.values().length, shapes.size());
    }
}
