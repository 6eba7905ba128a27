package org.standfest.management;

import java.util.List;

/**
 * Alarms.
 *
 * @param alarms the newest first
 */
public record AlarmList(List<Alarm> alarms) {

    /** Copies. */
    public AlarmList {
        alarms = List.copyOf(alarms);
    }
}
