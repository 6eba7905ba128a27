package org.standfest.replication.snapshots;

import org.standfest.replication.source.Consistency;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SourceFacts;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Devices or folders that something else made, and what undoes it. */
final class TakenDevices implements Snapshot {

    private final Instant takenAt;
    private final boolean frozen;
    private final Map<String, DeviceView> disks = new LinkedHashMap<>();
    private final Map<String, Path> trees = new LinkedHashMap<>();
    private final List<Runnable> undoing = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();

    TakenDevices(Instant takenAt, boolean frozen) {
        this.takenAt = takenAt;
        this.frozen = frozen;
    }

    void disk(String volume, DeviceView view, String by) {
        disks.put(volume, view);
        facts.put(SourceFacts.TAKEN_BY + volume, by);
    }

    void tree(String volume, Path root, String by) {
        trees.put(volume, root);
        facts.put(SourceFacts.TAKEN_BY + volume, by);
    }

    /** Something to be undone at the close; must not throw. */
    void undo(Runnable act) {
        undoing.add(act);
    }

    @Override
    public Instant takenAt() {
        return takenAt;
    }

    @Override
    public DiskView disk(String volume) {
        DeviceView view = disks.get(volume);
        if (view == null) {
            throw new IllegalArgumentException("no disk " + volume);
        }
        return view;
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
        return frozen;
    }

    /** One after another is not one instant, unless the applications are held. */
    @Override
    public Consistency consistency() {
        return frozen && disks.size() + trees.size() == 1 ? Consistency.CRASH : Consistency.NONE;
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
        // Nothing is tracked.
    }

    @Override
    public void close() {
        disks.values().forEach(DeviceView::close);
        undoing.reversed().forEach(Runnable::run);
        undoing.clear();
    }
}
