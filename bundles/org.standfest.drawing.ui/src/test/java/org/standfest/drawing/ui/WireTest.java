package org.standfest.drawing.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class WireTest {

    private static final Wire ANGLED =
            Wire.labelled(
                    "w",
                    Wire.Form.ARROW,
                    List.of(new Spot(0, 0), new Spot(1000, 0), new Spot(1000, 500)),
                    "");

    @Test
    void givesOnlyThePartsThatComeNearARectangle() {
        assertTrue(ANGLED.parts(new Box(200, 100, 300, 300), 10).isEmpty(), "inside the angle");
        List<List<Spot>> parts = ANGLED.parts(new Box(203, -10, 100, 20), 10);
        assertEquals(List.of(List.of(new Spot(200, 0), new Spot(303, 0))), parts);
        assertEquals(2, ANGLED.parts(new Box(990, -10, 20, 100), 10).size(), "at the corner");
    }

    @Test
    void cutsAtWholeStepsSoThatDashesDoNotWander() {
        for (double left = 300; left < 320; left += .7) {
            double start = ANGLED.parts(new Box(left, -1, 50, 2), 10).getFirst().getFirst().x();
            assertEquals(0, start % 10, 1e-9);
            assertTrue(start <= left && start > left - 10.001);
        }
    }
}
