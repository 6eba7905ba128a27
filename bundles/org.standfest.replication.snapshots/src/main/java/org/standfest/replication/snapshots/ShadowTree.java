package org.standfest.replication.snapshots;

import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.pool.files.TreeFiles.Status;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.replication.source.VolumeSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A second tree that shows a folder as it was at the last session, kept between sessions: what did
 * not change keeps inode and change time in it too, so whoever reads it reads only what changed.
 * Each file is a clone where the file system can do that, otherwise a copy. Other file systems
 * mounted below the folder are left out, as are sockets.
 *
 * <p>One session at a time uses it. A kill in the middle of an update makes the next one begin
 * anew.
 */
final class ShadowTree {

    private static final int TOLD_NAMES = 20;

    private final Path original;
    private final Path home;
    private final PoolFiles files;
    private final Copying copying;
    private final List<Predicate<String>> order;

    /** Whether contents may be copied where they cannot be shared. */
    enum Copying {
        /** A file that cannot be shared is a failure. */
        SHARED,
        /** It is copied. */
        SHARED_OR_COPIED
    }

    private ShadowTree(
            Path original,
            Path home,
            PoolFiles files,
            Copying copying,
            List<Predicate<String>> order) {
        this.original = original;
        this.home = home;
        this.files = files;
        this.copying = copying;
        this.order = order;
    }

    /**
     * The shadow of a volume's folder.
     *
     * @param order which files are copied first, by their relative paths, stage after stage; all
     *     others come last
     */
    static ShadowTree of(
            VolumeSource volume, PoolFiles files, Copying copying, List<Predicate<String>> order)
            throws IOException {
        Path original = Path.of(volume.address()).toRealPath();
        Path folder =
                Optional.ofNullable(volume.options().get(SnapshotOptions.TEMPORARY))
                        .map(Path::of)
                        .orElse(original.resolve(CloneFolder.NAME));
        return new ShadowTree(
                original, folder.resolve(volume.name() + ".shadow"), files, copying, order);
    }

    /** The folder that shows the tree. */
    Path root() {
        return home.resolve("tree");
    }

    /**
     * Brings the shadow to what the folder is now, and looks at all of it once more.
     *
     * @return some names of what changed meanwhile; empty: nothing did, and the shadow shows one
     *     instant
     */
    List<String> update(Instant end, InstantSource clock) throws IOException {
        Path index = home.resolve("index");
        Path newIndex = home.resolve("index.new");
        if (!Files.isRegularFile(index)) {
            files.deleteTree(root());
        }
        Files.createDirectories(root());
        Instant began = clock.instant();
        for (int stage = 0; stage <= order.size(); stage++) {
            // The old index is true only of an untouched shadow.
            Path older = home.resolve("index.old");
            if (Files.isRegularFile(index)) {
                Files.move(index, older, StandardCopyOption.REPLACE_EXISTING);
            }
            try (TreeFiles source = files.tree(original);
                    TreeFiles target = files.tree(root());
                    ShadowIndex.Reader known = new ShadowIndex.Reader(older);
                    ShadowIndex.Writer lines = new ShadowIndex.Writer(newIndex)) {
                new ShadowUpdate(
                                source,
                                target,
                                known,
                                lines,
                                copying,
                                inStage(stage),
                                own(),
                                () -> checkTime(end, clock))
                        .run();
            }
            Files.move(newIndex, index, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(older);
        }
        return changedSince(index, began);
    }

    private static void checkTime(Instant end, InstantSource clock) throws IOException {
        if (clock.instant().isAfter(end) || Thread.currentThread().isInterrupted()) {
            throw new IOException("the time limit of the snapshot passed");
        }
    }

    /** Which files a stage may copy: those that earlier stages and it name; the last one all. */
    private Predicate<String> inStage(int stage) {
        return path ->
                stage == order.size()
                        || order.subList(0, stage + 1).stream().anyMatch(it -> it.test(path));
    }

    /** The shadow itself, if it lies within the folder. */
    private Predicate<TreePath> own() {
        Path mine = home.getParent();
        if (!mine.startsWith(original)) {
            return _ -> false;
        }
        TreePath path =
                TreePath.of(original.relativize(mine).toString().getBytes(StandardCharsets.UTF_8));
        return path::equals;
    }

    /** Looks once more, later than {@link #update} did: some names of what changed since. */
    List<String> changed() throws IOException {
        return changedSince(home.resolve("index"), Instant.MAX);
    }

    private List<String> changedSince(Path index, Instant began) throws IOException {
        List<String> changed = new ArrayList<>();
        try (TreeFiles source = files.tree(original);
                ShadowIndex.Reader known = new ShadowIndex.Reader(index)) {
            Status root = source.status(TreePath.ROOT).orElseThrow();
            ShadowIndex.Line line = ShadowIndex.Line.of(TreePath.ROOT, root);
            if (known.find(TreePath.ROOT).filter(line::equals).isEmpty()) {
                changed.add(original.toString());
            }
            compare(TreePath.ROOT, source, known, began, changed);
        }
        return changed;
    }

    private void compare(
            TreePath directory,
            TreeFiles source,
            ShadowIndex.Reader known,
            Instant began,
            List<String> changed)
            throws IOException {
        for (byte[] name : source.list(directory)) {
            TreePath path = directory.child(name);
            if (changed.size() == TOLD_NAMES) {
                return;
            }
            Optional<Status> now = own().test(path) ? Optional.empty() : source.status(path);
            if (now.isEmpty() || now.get().kind().isEmpty()) {
                continue;
            }
            ShadowIndex.Line line = ShadowIndex.Line.of(path, now.get());
            boolean same = known.find(path).filter(line::equals).isPresent();
            // Touched during the update or just before: a second change in the same tick of the
            // clock would show the same times.
            if (!same || ShadowUpdate.tooYoung(now.get(), began)) {
                changed.add(path.toString());
            } else if (now.get().kind().get() == EntryKind.DIRECTORY) {
                compare(path, source, known, began, changed);
            }
        }
    }
}
