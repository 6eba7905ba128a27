package org.standfest.management;

import java.lang.reflect.ParameterizedType;

/**
 * Everything that can be asked of a standby about the care of its recovery points: the pool, its
 * verification, retention, alarms, schedules and groups. Each question is a record that names the
 * type of its answer; all go through {@link StandbyClient#ask}, so that client, wire, desk and
 * standby cannot get out of step. What a question does is written at its record.
 *
 * @param <T> the answer
 */
public sealed interface CareCall<T> extends ManagementCall
        permits CareCall.Seeing, CareCall.Acting, CareRuling, RecoveryCall {

    /** The type of the answer, a record: what stands for T where the question is declared. */
    @SuppressWarnings("unchecked") // its own declaration says so
    default Class<T> answer() {
        ParameterizedType declared = (ParameterizedType) getClass().getGenericInterfaces()[0];
        return (Class<T>) declared.getActualTypeArguments()[0];
    }

    /** A question that changes nothing. */
    sealed interface Seeing<T> extends CareCall<T> {
        @Override
        default Role needs() {
            return Role.SEE;
        }
    }

    /** Something that takes nothing away from anybody. */
    sealed interface Acting<T> extends CareCall<T> {
        @Override
        default Role needs() {
            return Role.ACTIVATE;
        }
    }

    /** The pool with the space of every system. */
    record PoolList() implements Seeing<PoolView> {}

    /** One system in the pool: space, points, policy. Refused if there is none with this id. */
    record PoolShow(String systemId) implements Seeing<SystemCare> {
        /** Checks the length. */
        public PoolShow {
            Limits.name(systemId);
        }
    }

    /** The long works that run, and the ones that ended lately, newest first. */
    record Tasks() implements Seeing<TaskList> {}

    /** One long work as it is now. Refused if it is not known (any more). */
    record OneTask(String taskId) implements Seeing<TaskStatus> {
        /** Checks the length. */
        public OneTask {
            Limits.name(taskId);
        }
    }

    /** When the pool was and will be re-read, and with what result. */
    record Scrubs() implements Seeing<ScrubStatus> {}

    /**
     * The alarms, newest first, at most 1000.
     *
     * @param systemId only those of this system; empty for all
     * @param settledToo also those that a person has acknowledged or that went away by themselves
     */
    record Alarms(String systemId, boolean settledToo) implements Seeing<AlarmList> {
        /** Checks the length. */
        public Alarms {
            Limits.nameOrNone(systemId);
        }
    }

    /**
     * How a volume of a point can be looked into with the standby's own tools.
     *
     * @param number the point; 0 for the newest
     * @param volume its volume; empty for the only or first one
     */
    record HintMount(String systemId, long number, String volume) implements Seeing<MountHint> {
        /** Checks ranges. */
        public HintMount {
            Limits.name(systemId);
            Limits.number(number, 0);
            Limits.nameOrNone(volume);
        }
    }

    /** Which RPO the line can reach, from the sessions so far. Refused without any session. */
    record Forecast(String systemId) implements Seeing<ForecastView> {
        /** Checks the length. */
        public Forecast {
            Limits.name(systemId);
        }
    }

    /**
     * The sessions of a system, newest first.
     *
     * @param limit at most so many, 1 to 1000
     */
    record Sessions(String systemId, int limit) implements Seeing<SessionHistory> {
        /** Checks ranges. */
        public Sessions {
            Limits.name(systemId);
            if (limit < 1 || limit > 1000) {
                throw new IllegalArgumentException("limit");
            }
        }
    }

    /** The consistency groups over several systems. */
    record Groups() implements Seeing<GroupList> {}

    /** Every agent and operator that has a certificate, also revoked ones. */
    record Peers() implements Seeing<PeerList> {}

    /**
     * Re-reads every byte of every point. A long work.
     *
     * @param systemId only of this system; empty for the whole pool
     */
    record Verify(String systemId) implements Acting<TaskStatus> {
        /** Checks the length. */
        public Verify {
            Limits.nameOrNone(systemId);
        }
    }

    /**
     * Re-reads the pool now, at the rate of the scrub plan. A long work.
     *
     * @param systemId only this system; empty for all
     */
    record ScrubNow(String systemId) implements Acting<TaskStatus> {
        /** Checks the length. */
        public ScrubNow {
            Limits.nameOrNone(systemId);
        }
    }

    /** Asks a long work to stop. Refused when it is over. */
    record CancelTask(String taskId) implements Acting<TaskStatus> {
        /** Checks the length. */
        public CancelTask {
            Limits.name(taskId);
        }
    }

    /** Keeps a point until it is unpinned, whatever the retention says. */
    record Pin(String systemId, long number, String reason) implements Acting<SystemCare> {
        /** Checks ranges. */
        public Pin {
            Limits.name(systemId);
            Limits.number(number, 1);
            Limits.reason(reason);
        }
    }

    /**
     * Compares source and pool without sending data: the agent reads its source, the standby its
     * pool. A long work; ends with "proved identical at".
     */
    record Compare(String systemId) implements Acting<TaskStatus> {
        /** Checks the length. */
        public Compare {
            Limits.name(systemId);
        }
    }

    /** A person has read an alarm and says why life goes on. Refused when it is settled. */
    record Acknowledge(String alarmId, String reason) implements Acting<Alarm> {
        /** Checks ranges. */
        public Acknowledge {
            Limits.name(alarmId);
            Limits.reason(reason);
        }
    }

    /** Makes a recovery point of all members of a group, with one timestamp. A long work. */
    record RunGroup(String name) implements Acting<TaskStatus> {
        /** Checks the length. */
        public RunGroup {
            Limits.name(name);
        }
    }

    /** Lets the agent replicate no more by itself, until {@link Resume}. */
    record Pause(String systemId, String reason) implements Acting<SystemCare> {
        /** Checks ranges. */
        public Pause {
            Limits.name(systemId);
            Limits.reason(reason);
        }
    }

    /** Asks the agent to stop what it does for a system now; what was sent so far is kept. */
    record CancelRun(String systemId) implements Acting<SystemCare> {
        /** Checks the length. */
        public CancelRun {
            Limits.name(systemId);
        }
    }

    /** Lets the agent replicate by its schedule again. */
    record Resume(String systemId) implements Acting<SystemCare> {
        /** Checks the length. */
        public Resume {
            Limits.name(systemId);
        }
    }
}
