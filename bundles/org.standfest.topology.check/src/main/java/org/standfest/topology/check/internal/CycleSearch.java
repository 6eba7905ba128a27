package org.standfest.topology.check.internal;

import org.standfest.topology.Element;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds circles by depth-first search, without recursion, because chains may be long. One search,
 * one thread.
 *
 * @param <T> what leads to what
 */
final class CycleSearch<T extends Element> {

    private enum State {
        OPEN,
        CLOSED
    }

    private final Function<T, ? extends Collection<T>> successors;
    private final Map<T, State> states = new HashMap<>();
    private final Deque<T> path = new ArrayDeque<>();
    private final Deque<Deque<T>> next = new ArrayDeque<>();

    /**
     * @param successors where an element leads
     */
    CycleSearch(Function<T, ? extends Collection<T>> successors) {
        this.successors = successors;
    }

    /**
     * Searches.
     *
     * @param circles takes each circle once, its first element again at its end
     */
    void run(Collection<T> elements, Consumer<List<T>> circles) {
        for (T element : elements) {
            if (!states.containsKey(element)) {
                enter(element);
                walk(circles);
            }
        }
    }

    private void walk(Consumer<List<T>> circles) {
        while (!path.isEmpty()) {
            T needed = next.peek().poll();
            if (needed == null) {
                states.put(path.pop(), State.CLOSED);
                next.pop();
            } else if (states.get(needed) == State.OPEN) {
                circles.accept(circle(needed));
            } else if (!states.containsKey(needed)) {
                enter(needed);
            }
        }
    }

    private void enter(T element) {
        states.put(element, State.OPEN);
        path.push(element);
        next.push(new ArrayDeque<>(successors.apply(element)));
    }

    private List<T> circle(T start) {
        List<T> circle = new ArrayList<>();
        for (T step : path) {
            circle.addFirst(step);
            if (step == start) {
                break;
            }
        }
        circle.add(start);
        return circle;
    }

    /** A circle as people read it. */
    static String told(List<? extends Element> circle) {
        return circle.stream().map(Reporter::name).collect(Collectors.joining(" → "));
    }
}
