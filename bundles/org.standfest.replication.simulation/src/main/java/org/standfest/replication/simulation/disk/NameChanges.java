package org.standfest.replication.simulation.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The changes of names that are not durable yet, in their order. */
final class NameChanges {

    private final boolean journalled;
    private final List<Change> pending = new ArrayList<>();

    /**
     * @param journalled whether they last in the order in which they were made
     */
    NameChanges(boolean journalled) {
        this.journalled = journalled;
    }

    /** A name that gets another meaning; a missing node: none. */
    record Edit(Node directory, String name, Node node) {
        boolean sameName(Edit other) {
            return directory == other.directory && name.equals(other.name);
        }
    }

    /** Edits that survive together or not at all. */
    private record Change(List<Edit> edits) {
        boolean sharesName(Change other) {
            return edits.stream().anyMatch(edit -> other.edits.stream().anyMatch(edit::sameName));
        }

        boolean touches(Node directory) {
            return edits.stream().anyMatch(edit -> edit.directory == directory);
        }
    }

    void add(Edit... edits) {
        pending.add(new Change(List.of(edits)));
    }

    void force() {
        pending.forEach(NameChanges::survives);
        pending.clear();
    }

    private static void survives(Change change) {
        for (Edit edit : change.edits) {
            if (edit.node == null) {
                edit.directory.safeNames.remove(edit.name);
            } else {
                edit.directory.safeNames.put(edit.name, edit.node);
            }
        }
    }

    /** Those of one directory, and what they cannot be told apart from. */
    void force(Node directory) {
        if (journalled) {
            force();
            return;
        }
        List<Change> wanted = new ArrayList<>();
        for (Change change : pending.reversed()) {
            if (change.touches(directory) || wanted.stream().anyMatch(change::sharesName)) {
                wanted.add(change);
            }
        }
        wanted.reversed().forEach(NameChanges::survives);
        pending.removeAll(wanted);
    }

    /** The power fails: some survive. */
    void crash(RandomGenerator random) {
        int last = random.nextInt(pending.size() + 1);
        int mood = random.nextInt(4);
        List<Change> lost = new ArrayList<>();
        int number = 0;
        for (Change change : pending) {
            boolean kept =
                    journalled
                            ? number < last
                            : (mood == 0 || mood > 1 && random.nextInt(mood) > 0)
                                    && lost.stream().noneMatch(change::sharesName);
            if (kept) {
                survives(change);
            } else {
                lost.add(change);
            }
            number++;
        }
        pending.clear();
    }
}
