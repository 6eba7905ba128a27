package org.standfest.drawing.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class ViewportTest {

    @Test
    void keepsWhatIsBelowThePointerWhenZooming() {
        Viewport before = new Viewport(1, 30, 40);
        Viewport after = before.zoomed(1.7, 120, 80);
        assertEquals(before.toDrawing(120, 80).x(), after.toDrawing(120, 80).x(), 1e-9);
        assertEquals(before.toDrawing(120, 80).y(), after.toDrawing(120, 80).y(), 1e-9);
    }

    @Test
    void fitsAWholeDrawingIntoTheWindow() {
        Box box = new Box(-50, 20, 4000, 900);
        Viewport fit = Viewport.fitting(box, 800, 600, 1.25);
        Box seen = fit.visible(800, 600);
        assertTrue(seen.x() <= box.x() && seen.right() >= box.right());
        assertTrue(seen.y() <= box.y() && seen.bottom() >= box.bottom());
    }

    @Test
    void neverLeavesItsRangeOfScales() {
        assertEquals(Viewport.MAX_SCALE, new Viewport(1, 0, 0).zoomed(100, 0, 0).scale());
        assertEquals(Viewport.MIN_SCALE, new Viewport(1, 0, 0).zoomed(1e-6, 0, 0).scale());
    }

    @Test
    void movesOnlyWhenSomethingIsOutOfSight() {
        Viewport view = new Viewport(1, 0, 0);
        assertEquals(view, view.revealing(new Box(10, 10, 50, 50), 400, 300));
        Viewport moved = view.revealing(new Box(900, 10, 50, 50), 400, 300);
        assertTrue(moved.visible(400, 300).contains(new Spot(925, 35)));
    }

    @Test
    void findsTheInnermostFigureThenTheLineThenTheArea() {
        Figure card = figure("card", Figure.Form.CARD, new Box(20, 20, 60, 40), List.of());
        Figure area = figure("area", Figure.Form.AREA, new Box(0, 0, 200, 200), List.of(card));
        Wire wire =
                Wire.labelled(
                        "wire", Wire.Form.LINE, List.of(new Spot(0, 100), new Spot(200, 100)), "");
        SceneIndex scene = new SceneIndex(new Scene(List.of(area), List.of(wire)));
        assertEquals(Optional.of("card"), scene.at(new Spot(30, 30)));
        assertEquals(Optional.of("wire"), scene.at(new Spot(150, 103)));
        assertEquals(Optional.of("area"), scene.at(new Spot(150, 160)));
        assertEquals(Optional.empty(), scene.at(new Spot(500, 500)));
    }

    @Test
    void leavesRoomForLabelsAtTheEdge() {
        Wire wire =
                Wire.labelled(
                        "wire",
                        Wire.Form.LINE,
                        List.of(new Spot(0, 0), new Spot(0, 100)),
                        "a label that is wider than the line");
        assertTrue(new Scene(List.of(), List.of(wire)).bounds().x() < -80);
    }

    private static Figure figure(String id, Figure.Form form, Box box, List<Figure> children) {
        return new Figure(
                id, form, box, id, "", Optional.empty(), List.of(), Optional.empty(), children);
    }
}
