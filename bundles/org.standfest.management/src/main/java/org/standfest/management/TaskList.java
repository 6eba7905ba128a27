package org.standfest.management;

import java.util.List;

/**
 * Long works.
 *
 * @param tasks the newest first
 */
public record TaskList(List<TaskStatus> tasks) {

    /** Copies. */
    public TaskList {
        tasks = List.copyOf(tasks);
    }
}
