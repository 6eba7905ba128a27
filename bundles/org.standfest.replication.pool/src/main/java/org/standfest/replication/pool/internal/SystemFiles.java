package org.standfest.replication.pool.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where everything of one system lies. */
record SystemFiles(Path root) {

    Path system() {
        return root.resolve("system.properties");
    }

    Path holds() {
        return root.resolve("holds.properties");
    }

    /** There while a commit is decided and not yet finished. */
    Path redo() {
        return root.resolve("redo.properties");
    }

    Path points() {
        return root.resolve("points");
    }

    Path point(long number) {
        return points().resolve(name(number) + ".properties");
    }

    Path current() {
        return root.resolve("current");
    }

    Path image(String volume) {
        return current().resolve(volume + ".img");
    }

    Path tree(String volume) {
        return current().resolve(volume);
    }

    Path manifests() {
        return root.resolve("manifests");
    }

    Path diskManifest(String volume) {
        return manifests().resolve(volume + ".disk");
    }

    Path treeManifest(String volume) {
        return manifests().resolve(volume + ".tree");
    }

    /** Where format 1 kept what {@link #older} keeps. */
    Path deltas() {
        return root.resolve("deltas");
    }

    Path older() {
        return root.resolve("older");
    }

    /** What makes an older point: clones, or reverse deltas from the next newer point. */
    Path older(long number) {
        return older().resolve(name(number));
    }

    /** What the standby decided about the system and its points. */
    Path guards() {
        return root.resolve("guards.properties");
    }

    /** There while a removal is decided and not yet finished. */
    Path removal() {
        return root.resolve("removal.properties");
    }

    /** Where a removal prepares the reverse deltas it joins. */
    Path joining() {
        return root.resolve("joining");
    }

    /** Files that travel with points, by their hash. */
    Path attachments() {
        return root.resolve("attachments");
    }

    /** Known damage. */
    Path damage() {
        return root.resolve("damage");
    }

    /** How far the scrub is. */
    Path scrub() {
        return root.resolve("scrub.properties");
    }

    /** The directories that every system has. */
    List<Path> directories() {
        return List.of(points(), current(), manifests(), older(), attachments());
    }

    Incoming incoming() {
        return new Incoming(root.resolve("incoming"));
    }

    /** The number in a name of {@link #name}; -1 for any other name. */
    static long number(String name) {
        return name.matches("[0-9]{8,18}") ? Long.parseLong(name) : -1;
    }

    static String name(long number) {
        return String.format(Locale.ROOT, "%08d", number);
    }

    /** Where a session gathers what comes in, and where a commit prepares what it will do. */
    record Incoming(Path root) {

        Path session() {
            return root.resolve("session.properties");
        }

        Path blocks() {
            return root.resolve("blocks");
        }

        Path log() {
            return root.resolve("log");
        }

        Path point() {
            return root.resolve("point.properties");
        }

        Path delta() {
            return root.resolve("delta");
        }

        /** A first copy in its native form. */
        Path image(String volume) {
            return root.resolve(volume + ".img");
        }

        /** A first copy in its native form. */
        Path tree(String volume) {
            return root.resolve(volume + ".whole");
        }

        /** New files, pipes, links of a changed tree. */
        Path nodes(String volume) {
            return root.resolve(volume + ".new");
        }

        /** What a commit does to a volume. */
        Path plan(String volume) {
            return root.resolve(volume + ".plan");
        }

        /** A new manifest as a whole, or what is added to the old one. */
        Path manifest(String volume) {
            return root.resolve(volume + ".manifest");
        }
    }

    /** The image of a disk in an older point that is kept as a clone. */
    static Path clone(Path older, String volume) {
        return older.resolve(volume + ".img");
    }

    /** The manifest beside {@link #clone}. */
    static Path cloneManifest(Path older, String volume) {
        return older.resolve(volume + ".manifest");
    }

    /** Where a reverse delta keeps a disk's old blocks. */
    static Path diskDelta(Path delta, String volume) {
        return delta.resolve(volume + ".disk");
    }

    /** Where a reverse delta says what a tree's entries were. */
    static Path treeDelta(Path delta, String volume) {
        return delta.resolve(volume + ".tree");
    }

    /** Where a reverse delta keeps a tree's old files. */
    static Path treeDeltaNodes(Path delta, String volume) {
        return delta.resolve(volume);
    }
}
