package org.standfest.topology.compare;

import org.eclipse.emf.ecore.EStructuralFeature;
import org.standfest.topology.Element;

import java.util.List;
import java.util.Objects;

/**
 * One element that is only in one of two topologies, or not the same in both.
 *
 * @param kind what became of it
 * @param before it in the first topology; {@code null} when it was added
 * @param after it in the second topology; {@code null} when it was removed
 * @param changes what of it changed; empty for added and removed elements
 */
public record Difference(Kind kind, Element before, Element after, List<Change> changes) {

    /** What became of an element. */
    public enum Kind {
        /** It is only in the second topology. */
        ADDED,
        /** It is only in the first topology. */
        REMOVED,
        /** It is in both, with other values. */
        CHANGED,
        /** It is in both and only stands elsewhere in the drawing. */
        MOVED
    }

    /**
     * A value that is not the same.
     *
     * @param feature which; {@code null} when the element lies in something else now
     * @param before its value, or the element it lay in
     * @param after its value, or the element it lies in
     */
    public record Change(EStructuralFeature feature, Object before, Object after) {}

    /** Copies. */
    public Difference {
        Objects.requireNonNull(kind);
        changes = List.copyOf(changes);
    }

    /** It where it last was: in the second topology, unless it was removed. */
    public Element element() {
        return after == null ? before : after;
    }
}
