package org.standfest.topology.files.internal;

/**
 * Brings a file from one format version to the next one. Works on raw elements, because the model
 * only knows the newest format. A migration that was once released never changes.
 */
interface Migration {

    /** The version it starts from; it ends at the next one. */
    int fromVersion();

    /**
     * Changes the tree.
     *
     * @throws Unusable when a value cannot be carried over
     */
    void apply(RawElement root) throws Unusable;

    /** A value that cannot be carried over, with its place. */
    final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient RawElement element;
        private final String attribute;

        Unusable(RawElement element, String attribute) {
            super(attribute);
            this.element = element;
            this.attribute = attribute;
        }

        RawElement element() {
            return element;
        }

        String attribute() {
            return attribute;
        }
    }
}
