package org.standfest.replication.snapshots;

import org.standfest.replication.source.Consistency;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SourceFacts;
import org.standfest.replication.source.VolumeSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Clones of images and shadows of folders. */
final class TakenClones implements Snapshot {

    private final Instant takenAt;
    private final Map<String, Taken> disks = new LinkedHashMap<>();
    private final Map<String, Path> trees = new LinkedHashMap<>();
    private final Map<Path, CloneFolder> made = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private String last = "";
    private boolean together;
    private boolean settled;

    private record Taken(VolumeSource volume, CloneView view, Path copy, CloneFolder folder) {}

    TakenClones(Instant takenAt) {
        this.takenAt = takenAt;
    }

    /** Notes which volume comes next, for what is said when it fails. */
    void next(String volume) {
        last = volume;
    }

    String last() {
        return last;
    }

    void made(Path clone, CloneFolder folder) {
        made.put(clone, folder);
    }

    void add(VolumeSource volume, CloneView view) {
        Map.Entry<Path, CloneFolder> newest =
                made.entrySet().stream().reduce((_, later) -> later).orElseThrow();
        disks.put(volume.name(), new Taken(volume, view, newest.getKey(), newest.getValue()));
        facts.put(SourceFacts.TAKEN_BY + volume.name(), "reflink");
    }

    void add(VolumeSource volume, Path shadow, List<String> changing) {
        trees.put(volume.name(), shadow);
        facts.put(SourceFacts.TAKEN_BY + volume.name(), volume.provider());
        if (!changing.isEmpty()) {
            facts.put("changing." + volume.name(), SourceFacts.fitting(String.join(" ", changing)));
        }
    }

    void complete(boolean oneInstant) {
        together = oneInstant;
    }

    @Override
    public Instant takenAt() {
        return takenAt;
    }

    @Override
    public DiskView disk(String volume) {
        Taken taken = disks.get(volume);
        if (taken == null) {
            throw new IllegalArgumentException("no disk " + volume);
        }
        return taken.view();
    }

    @Override
    public Path tree(String volume) {
        Path root = trees.get(volume);
        if (root == null) {
            throw new IllegalArgumentException("no tree " + volume);
        }
        return root;
    }

    @Override
    public boolean frozen() {
        return true;
    }

    @Override
    public Consistency consistency() {
        return together ? Consistency.CRASH : Consistency.NONE;
    }

    @Override
    public Map<String, String> facts() {
        return Map.copyOf(facts);
    }

    @Override
    public Map<String, String> machine() {
        return Map.of();
    }

    @Override
    public void settle(Settlement settlement) {
        if (settled) {
            return;
        }
        settled = true;
        if (settlement instanceof Settlement.Committed(String token)) {
            disks.values().forEach(taken -> keep(taken, token));
        }
    }

    /** If that fails, the next session does not find its basis, says so and reads everything. */
    private static void keep(Taken taken, String token) {
        try {
            if (ReflinkProvider.tracked(taken.volume()) && taken.folder().roomToKeep()) {
                taken.folder().keep(taken.copy(), token);
            } else {
                taken.folder().forget();
            }
        } catch (IOException lost) {
            // The clone in the making is removed at the close, a kept one has another token.
        }
    }

    @Override
    public void close() {
        settled = true;
        disks.values().forEach(taken -> taken.view().close());
        for (Path clone : made.keySet()) {
            try {
                Files.deleteIfExists(clone);
            } catch (IOException stays) {
                // The next snapshot removes it by its name.
            }
        }
    }
}
