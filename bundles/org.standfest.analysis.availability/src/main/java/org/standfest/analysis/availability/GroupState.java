package org.standfest.analysis.availability;

import java.util.Map;

/**
 * One more state of a machine or of something else that a group rests on: beside "up" and "down" it
 * can be "down, and the group is not serving yet". The unit is the condition for that: true with
 * the probability that the group does not serve while {@code when} is true. It is independent of
 * everything else by construction, so that "when, and this unit" is a variable with three states.
 *
 * @param unit index of the condition
 * @param takeover index of the unit that stands for the group where it is a module
 * @param kind how the figures follow
 * @param tooMany literal that is true when the group is down without it
 * @param either literal that is true when it is down with it, if the condition holds
 * @param instead for {@link Kind#REST} what counts in {@code either} in place of a unit: another
 *     one, or -1 where it counts as never down
 */
public record GroupState(
        int unit, int takeover, Kind kind, int tooMany, int either, Map<Integer, Integer> instead) {

    /** In {@link #instead}: never down. */
    static final int NEVER = -1;

    /** Copies. */
    public GroupState {
        instead = Map.copyOf(instead);
    }

    /** How the figures follow from those of the group. */
    public enum Kind {
        /** Something makes a takeover necessary: it lasts as long as that takeover. */
        REASON,
        /** No condition, but the takeover with fewer reasons: those of {@code either}. */
        REST,
        /** A member's failure: condition and members together have what the chain says. */
        MEMBER,
        /** Others use the spares: while the first member is down, as often as the chain says. */
        SPARES
    }
}
