package org.standfest.management;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that one person asked for and that a second one must release before it is done.
 *
 * @param id stable id
 * @param systemId the system it is about
 * @param action what was asked for; empty for a change of the settings that say what must be
 *     released
 * @param askedBy who asked
 * @param askedAt when
 * @param until when it expires if nobody decides
 * @param state how it stands
 * @param decidedBy who decided; empty before
 * @param operationId what was begun by the release; empty before, and if there is none
 * @param mine whether the caller is the one who asked, and so cannot release it
 * @param words what is asked for; when it was released and could not be begun, why not
 */
public record ReleaseRequest(
        String id,
        String systemId,
        Optional<Action> action,
        String askedBy,
        Instant askedAt,
        Instant until,
        State state,
        String decidedBy,
        String operationId,
        boolean mine,
        Reason words) {

    /** Checks that nothing is missing. */
    public ReleaseRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(action);
        Objects.requireNonNull(askedBy);
        Objects.requireNonNull(askedAt);
        Objects.requireNonNull(until);
        Objects.requireNonNull(state);
        Objects.requireNonNull(decidedBy);
        Objects.requireNonNull(operationId);
        Objects.requireNonNull(words);
    }

    /** How a request stands. */
    public enum State {
        /** Nobody has decided yet. */
        WAITING,
        /** A second person has released it. */
        GIVEN,
        /** Somebody has said no, or who asked has taken it back. */
        DENIED,
        /** Nobody decided in time. */
        EXPIRED;

        /** The words of this state for people. */
        public String text(Locale locale) {
            return ManagementTexts.CATALOG.text(locale, "release." + name());
        }
    }
}
