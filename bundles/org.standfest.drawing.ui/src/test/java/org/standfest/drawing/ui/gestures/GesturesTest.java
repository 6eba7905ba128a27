package org.standfest.drawing.ui.gestures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.SceneIndex;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.Viewport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class GesturesTest {

    private final SceneIndex index =
            new SceneIndex(
                    new Scene(
                            List.of(
                                    area("left", 0, card("a", 20), card("b", 120)),
                                    area("right", 400, card("c", 420))),
                            List.of()));
    private Viewport viewport = Viewport.START;
    private Set<String> selection = Set.of();
    private final List<String> done = new ArrayList<>();
    private Drag dropped;
    private final Gestures gestures = new Gestures(new View(), new Recorder());

    private static Figure card(String id, double x) {
        return new Figure(
                id,
                Figure.Form.CARD,
                new Box(x, 50, 80, 60),
                id,
                "",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private static Figure area(String id, double x, Figure... inside) {
        return new Figure(
                id,
                Figure.Form.AREA,
                new Box(x, 0, 300, 200),
                id,
                "",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(inside));
    }

    private final class View implements Stage {
        @Override
        public SceneIndex index() {
            return index;
        }

        @Override
        public Viewport viewport() {
            return viewport;
        }

        @Override
        public void view(Viewport next) {
            viewport = next;
        }

        @Override
        public Set<String> selection() {
            return selection;
        }

        @Override
        public void select(Set<String> ids) {
            selection = Set.copyOf(ids);
        }
    }

    private final class Recorder implements Editing {
        @Override
        public boolean movable(String id) {
            return true;
        }

        @Override
        public boolean resizable(String id) {
            return id.length() > 1;
        }

        @Override
        public boolean connectable(String id) {
            return id.length() == 1;
        }

        @Override
        public Verdict over(Drag drag) {
            return drag.target().equals(Optional.of("right"))
                    ? Verdict.refused("full")
                    : Verdict.FINE;
        }

        @Override
        public void drop(Drag drag) {
            dropped = drag;
        }

        @Override
        public void resize(String id, Box box) {
            done.add("resize " + id + " " + box.width());
        }

        @Override
        public Verdict overConnection(String from, String to) {
            return to.length() == 1 ? Verdict.FINE : Verdict.refused("no");
        }

        @Override
        public void connect(String from, String to) {
            done.add("connect " + from + " " + to);
        }

        @Override
        public void use(String tool, Spot spot, Optional<String> target) {
            done.add("use " + tool + " on " + target.orElse("nothing"));
        }
    }

    private void press(double x, double y) {
        gestures.on(new Input.Press(x, y, 1, false, false));
    }

    private void move(double x, double y) {
        gestures.on(new Input.Move(x, y, false, true));
    }

    private void release(double x, double y) {
        gestures.on(new Input.Release(x, y, 1));
    }

    private void click(double x, double y, boolean more) {
        gestures.on(new Input.Press(x, y, 1, more, false));
        release(x, y);
    }

    @Test
    void aClickSelectsAndOneBesideSelectsNothing() {
        click(30, 70, false);
        assertEquals(Set.of("a"), selection);
        click(900, 900, false);
        assertEquals(Set.of(), selection);
    }

    @Test
    void withShiftAClickAddsAndTakesAway() {
        click(30, 70, false);
        click(130, 70, true);
        assertEquals(Set.of("a", "b"), selection);
        click(30, 70, true);
        assertEquals(Set.of("b"), selection);
    }

    @Test
    void aDragMovesAllThatIsSelectedButNothingTwice() {
        selection = Set.of("left", "a", "c");
        press(30, 70);
        move(60, 90);
        release(60, 90);
        assertEquals(Set.of("left", "c"), Set.copyOf(dropped.ids()));
        assertEquals(30, dropped.dx());
        assertEquals(20, dropped.dy());
    }

    @Test
    void aRefusedDragShowsItsReasonAndDoesNothing() {
        press(30, 70);
        move(600, 70);
        Overlay.Ghosts ghosts = assertInstanceOf(Overlay.Ghosts.class, gestures.overlay());
        assertEquals(Verdict.refused("full"), ghosts.verdict());
        release(600, 70);
        assertEquals(null, dropped);
        assertEquals(Overlay.NONE, gestures.overlay());
    }

    @Test
    void escapePutsBackWhatIsInTheHand() {
        press(30, 70);
        move(60, 90);
        assertTrue(gestures.busy());
        gestures.on(new Input.Abort());
        release(60, 90);
        assertEquals(null, dropped);
        assertFalse(gestures.busy());
    }

    @Test
    void aRubberBandTakesWhatLiesWhollyInIt() {
        press(800, 300);
        move(390, -20);
        assertEquals(Set.of("right"), selection);
        move(410, 20);
        assertEquals(Set.of("c"), selection);
        release(410, 20);
        assertEquals(Overlay.NONE, gestures.overlay());
    }

    @Test
    void pullingAnEdgeGivesAnotherSize() {
        selection = Set.of("left");
        press(300, 100);
        move(340, 100);
        release(340, 100);
        assertEquals(List.of("resize left 340.0"), done);
    }

    @Test
    void aFigureIsNeverPulledToNothing() {
        selection = Set.of("left");
        press(300, 100);
        move(-500, 100);
        release(-500, 100);
        assertEquals(List.of("resize left 120.0"), done);
    }

    @Test
    void aLineIsDrawnFromTheHandle() {
        selection = Set.of("a");
        press(116, 80);
        move(150, 80);
        assertInstanceOf(Overlay.Thread.class, gestures.overlay());
        release(150, 80);
        assertEquals(List.of("connect a b"), done);
    }

    @Test
    void aLineToSomethingThatCannotBeConnectedIsNotDrawn() {
        selection = Set.of("a");
        press(116, 80);
        move(410, 190);
        release(410, 190);
        assertEquals(List.of(), done);
    }

    @Test
    void aToolIsUsedOnceAndKeptWithShift() {
        gestures.take(Optional.of("host"));
        move(10, 10);
        assertInstanceOf(Overlay.Ghosts.class, gestures.overlay());
        gestures.on(new Input.Press(10, 190, 1, true, false));
        assertEquals(Optional.of("host"), gestures.tool());
        gestures.on(new Input.Press(10, 190, 1, false, false));
        assertEquals(Optional.empty(), gestures.tool());
        assertEquals(List.of("use host on left", "use host on left"), done);
    }

    @Test
    void theMiddleButtonAndTheSpaceBarHoldTheView() {
        gestures.on(new Input.Press(100, 100, 2, false, false));
        move(140, 90);
        gestures.on(new Input.Release(140, 90, 2));
        assertEquals(new Viewport(1, -40, 10), viewport);
        gestures.on(new Input.Space(true));
        press(0, 0);
        move(40, -10);
        release(40, -10);
        assertEquals(new Viewport(1, -80, 20), viewport);
        assertEquals(null, dropped);
    }

    @Test
    void theWheelZoomsAtThePointer() {
        Spot below = viewport.toDrawing(70, 80);
        gestures.on(new Input.Wheel(70, 80, 1, false, false));
        assertEquals(1.2, viewport.scale(), 1e-9);
        assertEquals(below.x(), viewport.toDrawing(70, 80).x(), 1e-9);
    }

    @Test
    void whatIsMovedLinesUpWithItsNeighbour() {
        selection = Set.of("a");
        press(30, 70);
        gestures.on(new Input.Move(31, 100, false, false));
        gestures.on(new Input.Move(33, 73, false, false));
        Overlay.Ghosts ghosts = assertInstanceOf(Overlay.Ghosts.class, gestures.overlay());
        assertEquals(50, ghosts.boxes().getFirst().y(), "level with its neighbour");
        assertEquals(1, ghosts.guides().size());
    }

    @Test
    void keysWalkInReadingOrderAndToTheNeighbour() {
        Walk walk = new Walk(index);
        assertEquals(Optional.of("left"), walk.next(Optional.empty(), true));
        assertEquals(Optional.of("a"), walk.next(Optional.of("left"), true));
        assertEquals(Optional.of("right"), walk.next(Optional.of("b"), true));
        assertEquals(Optional.empty(), walk.next(Optional.of("c"), true));
        assertEquals(Optional.of("b"), walk.toward("a", Walk.Way.RIGHT));
        assertEquals(Optional.of("right"), walk.toward("left", Walk.Way.RIGHT));
        assertEquals(Optional.of("left"), walk.out("a"));
        assertEquals(Optional.of("c"), walk.into("right"));
    }
}
