package org.standfest.replication.simulation.machine;

import java.lang.reflect.Field;
import java.util.Set;

/**
 * Sees whether a virtual thread stopped because it waits for a monitor. Within a world nobody holds
 * one while he waits for anything else; but class loaders have monitors, and other worlds load
 * classes on other threads. The JDK tells such waits apart only inside: see {@link Scheduler}.
 */
final class Monitors {

    private final Field state;
    private final Set<Integer> waiting;
    private volatile Field thread;

    Monitors() throws ReflectiveOperationException {
        Class<?> type = Class.forName("java.lang.VirtualThread");
        state = open(type, "state");
        waiting = Set.of(open(type, "BLOCKED").getInt(null), open(type, "UNBLOCKED").getInt(null));
    }

    private static Field open(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** Whether the thread that a step belongs to waits for a monitor, or has just got it. */
    boolean waits(Runnable step) {
        try {
            if (thread == null) {
                // a step is a reference to a method of its thread and holds nothing else
                Field first = step.getClass().getDeclaredFields()[0];
                first.setAccessible(true);
                thread = first;
            }
            return waiting.contains(state.getInt(thread.get(step)));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
