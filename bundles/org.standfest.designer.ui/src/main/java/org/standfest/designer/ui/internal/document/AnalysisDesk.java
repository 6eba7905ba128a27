package org.standfest.designer.ui.internal.document;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a document's availability, and what of it is being looked at. Used by the same
 * thread as the document.
 */
public final class AnalysisDesk {

    private final Runnable changed;
    private AnalysisState state = AnalysisState.NONE;
    private Optional<String> service = Optional.empty();
    private Map<String, String> marks = Map.of();
    private Runnable restart = () -> {};
    private Runnable cancel = () -> {};

    /**
     * @param changed told after each change
     */
    AnalysisDesk(Runnable changed) {
        this.changed = changed;
    }

    /** How far it is. */
    public AnalysisState state() {
        return state;
    }

    /** It came further. */
    public void state(AnalysisState next) {
        state = Objects.requireNonNull(next);
        changed.run();
    }

    /** The service that is looked at; empty for all together. */
    public Optional<String> service() {
        return service;
    }

    /** Looks at a service; empty for all together. */
    public void look(Optional<String> serviceId) {
        if (!service.equals(serviceId)) {
            service = serviceId;
            marks = Map.of();
            changed.run();
        }
    }

    /** Short words beside elements of the drawing, by id: their rank. */
    public Map<String, String> marks() {
        return marks;
    }

    /** Puts other marks into the drawing; none for an empty map. */
    public void mark(Map<String, String> next) {
        if (!marks.equals(next)) {
            marks = Map.copyOf(next);
            changed.run();
        }
    }

    /** Who calculates. */
    public void calculator(Runnable toRestart, Runnable toCancel) {
        restart = Objects.requireNonNull(toRestart);
        cancel = Objects.requireNonNull(toCancel);
    }

    /** Calculates again. */
    public void restart() {
        restart.run();
    }

    /** Stops calculating; the last result stays. */
    public void cancel() {
        cancel.run();
    }
}
