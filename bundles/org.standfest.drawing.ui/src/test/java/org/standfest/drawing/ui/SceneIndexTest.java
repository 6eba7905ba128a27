package org.standfest.drawing.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

class SceneIndexTest {

    private static final int COUNT = 400;
    private final Random random = new Random(7);
    private final Scene scene = scene();
    private final SceneIndex index = new SceneIndex(scene);

    private Scene scene() {
        List<Figure> children = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            Box box = new Box(random.nextInt(2000), random.nextInt(2000), 40, 20);
            children.add(figure("c" + i, Figure.Form.CARD, box, List.of()));
        }
        Figure area = figure("area", Figure.Form.AREA, new Box(0, 0, 2100, 2100), children);
        return new Scene(List.of(area), List.of());
    }

    private static Figure figure(String id, Figure.Form form, Box box, List<Figure> children) {
        return new Figure(
                id, form, box, id, "", Optional.empty(), List.of(), Optional.empty(), children);
    }

    @Test
    void findsThroughTheIndexWhatASearchOfAllWouldFind() {
        for (int round = 0; round < 200; round++) {
            Box view = new Box(random.nextInt(2200), random.nextInt(2200), 300, 200);
            Set<String> expected = new LinkedHashSet<>();
            for (Figure child : scene.figures().getFirst().children()) {
                if (child.box().grown(8).meets(view)) {
                    expected.add(child.id());
                }
            }
            Set<String> found = new LinkedHashSet<>();
            index.figures(view, figure -> found.add(figure.id()));
            found.remove("area");
            assertEquals(expected, found);
        }
    }

    @Test
    void takesTheOutermostOfWhatLiesWhollyInAFrame() {
        assertEquals(List.of("area"), index.within(new Box(-10, -10, 3000, 3000)));
        List<String> some = index.within(new Box(-10, -10, 1000, 1000));
        assertTrue(some.size() > 20 && !some.contains("area"), some.toString());
    }

    @Test
    void readsEveryFigureOnceContainersFirst() {
        List<Figure> order = index.reading();
        assertEquals(COUNT + 1, order.size());
        assertEquals("area", order.getFirst().id());
        assertEquals(COUNT + 1, new LinkedHashSet<>(order).size());
    }

    @Test
    void knowsWhatLiesInWhat() {
        assertEquals("area", index.parent("c3").orElseThrow().id());
        assertTrue(index.parent("area").isEmpty());
    }
}
