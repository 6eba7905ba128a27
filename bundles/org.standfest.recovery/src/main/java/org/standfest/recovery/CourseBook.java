package org.standfest.recovery;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The course of one system in memory, always the same as in its file. Safe for any thread. */
final class CourseBook {

    private final CourseStore store;
    private final Chronicle chronicle;
    private final InstantSource clock;
    private Course current;

    CourseBook(CourseStore store, Chronicle chronicle, InstantSource clock, Course loaded) {
        this.store = store;
        this.chronicle = chronicle;
        this.clock = clock;
        this.current = loaded;
    }

    synchronized Course current() {
        return current;
    }

    synchronized Operation operation() {
        return current.operation().orElseThrow();
    }

    /** Changes the course: first in the file, then here. */
    synchronized Course change(UnaryOperator<Course> change) {
        Course next = change.apply(current);
        if (next.equals(current)) {
            return current;
        }
        try {
            store.save(next);
        } catch (IOException fault) {
            throw new Unwritable(fault);
        }
        current = next;
        return next;
    }

    Course changeOperation(UnaryOperator<Operation> change) {
        return change(course -> course.with(change.apply(course.operation().orElseThrow())));
    }

    /** The course after an event; an event that cannot happen now is a bug. */
    Course after(Course course, RecoveryEvent event) {
        RecoveryState next =
                Transitions.next(course.state(), event)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                event + " cannot happen in " + course.state()));
        return course.in(next, clock.instant());
    }

    Course after(Course course, Optional<RecoveryEvent> event) {
        return event.map(happened -> after(course, happened)).orElse(course);
    }

    void write(String who, String what, Map<String, String> details) {
        try {
            chronicle.write(who, current().systemId(), what, details);
        } catch (IOException fault) {
            throw new Unwritable(fault);
        }
    }

    /** Changes facts of the operation; an empty text takes one away. */
    Operation amend(String who, Map<String, String> changed) {
        Map<String, String> details = new TreeMap<>(changed);
        details.put("operation", operation().id());
        write(who, "operation.amended", details);
        changeOperation(
                operation -> {
                    Operation next = operation;
                    for (Map.Entry<String, String> one : changed.entrySet()) {
                        Optional<String> value =
                                Optional.of(one.getValue()).filter(text -> !text.isEmpty());
                        next = next.withFact(one.getKey(), value);
                    }
                    return next;
                });
        return operation();
    }
}
