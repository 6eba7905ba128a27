package org.standfest.replication.protocol.manifest;

import java.util.Objects;

/** One difference between two trees. */
public sealed interface TreeChange {

    /** The place that differs. */
    TreePath path();

    /**
     * The entry is new or different.
     *
     * @param entry what stands there now
     */
    record Put(TreeEntry entry) implements TreeChange {
        /** Checks that there is an entry. */
        public Put {
            Objects.requireNonNull(entry);
        }

        @Override
        public TreePath path() {
            return entry.path();
        }
    }

    /**
     * Nothing stands there any more.
     *
     * @param path the place
     */
    record Removed(TreePath path) implements TreeChange {
        /** Checks that there is a path. */
        public Removed {
            Objects.requireNonNull(path);
        }
    }
}
