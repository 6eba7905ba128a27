package org.standfest.replication.source.conformance;

import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.SourceFacts;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What every {@link org.standfest.replication.source.SnapshotProvider} must do. The author of one
 * writes a {@link SourceFixture} and this test, with any test framework:
 *
 * <pre>{@code
 * assertEquals(List.of(), SnapshotConformance.breaches(fixture));
 * }</pre>
 *
 * <p>Writes into the first mebibyte of the fixture's disks and files into its trees, and takes
 * about a dozen snapshots. For one thread.
 */
public final class SnapshotConformance {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int FACTS_LIMIT = 64;

    private final SourceFixture fixture;
    private final Breaches breaches = new Breaches();
    private final List<VolumeSource> volumes;
    private final List<VolumeSource> disks;
    private final List<VolumeSource> trees;

    private SnapshotConformance(SourceFixture fixture) {
        this.fixture = fixture;
        this.volumes = fixture.volumes();
        this.disks = ofKind(VolumeKind.DISK);
        this.trees = ofKind(VolumeKind.TREE);
    }

    /**
     * Checks a provider.
     *
     * @return what it does wrong, one sentence each; empty if it conforms
     * @throws IOException the fixture itself did not work
     */
    public static List<String> breaches(SourceFixture fixture) throws IOException {
        SnapshotConformance conformance = new SnapshotConformance(fixture);
        conformance.identity();
        conformance.refusals();
        conformance.views();
        conformance.changes();
        conformance.crash();
        conformance.trees();
        return conformance.breaches.all();
    }

    private List<VolumeSource> ofKind(VolumeKind kind) {
        return volumes.stream().filter(volume -> volume.kind() == kind).toList();
    }

    private void identity() {
        String kind = fixture.provider().kind();
        breaches.demand(kind.matches("[a-z][a-z0-9.-]{0,31}"), "its kind is a lower case word");
        breaches.demand(!volumes.isEmpty(), "the fixture has a volume");
        for (VolumeSource volume : volumes) {
            breaches.demand(volume.provider().equals(kind), "volumes name the provider's kind");
            Presence presence = fixture.provider().presence(volume);
            breaches.demand(
                    presence.state() == Presence.State.THERE, "a volume that is there is THERE");
            breaches.explained(presence.reason(), "a presence");
        }
        Presence absent = fixture.provider().presence(fixture.absent());
        breaches.demand(
                absent.state() != Presence.State.THERE, "a volume that is not there is not THERE");
        breaches.explained(absent.reason(), "a presence");
    }

    private void refusals() throws IOException {
        refused(List.of(fixture.absent()), "an absent source");
        Optional<VolumeSource> wrong = fixture.wrongKind();
        if (wrong.isPresent()) {
            refused(List.of(wrong.get()), "a volume of a kind it cannot take");
        }
        List<VolumeSource> mixed = new ArrayList<>(volumes);
        mixed.add(fixture.absent());
        refused(mixed, "a system of which one source is absent");
        nothingLeft("a refusal");
    }

    private void refused(List<VolumeSource> wanted, String what) {
        Outcome<Snapshot> outcome = fixture.provider().take(request(wanted, Optional.empty()));
        outcome.result().ifPresent(Snapshot::close);
        breaches.demand(outcome instanceof Outcome.Refused, what + " is refused");
        outcome.problem().ifPresent(why -> breaches.explained(why, what));
    }

    private static SnapshotRequest request(List<VolumeSource> volumes, Optional<String> basis) {
        return new SnapshotRequest("conformance", volumes, basis, LIMIT);
    }

    private Snapshot take(Optional<String> basis) {
        return fixture.provider().take(request(volumes, basis)).orThrow();
    }

    /** What views show, and that they keep still. */
    private void views() throws IOException {
        for (VolumeSource disk : disks) {
            fixture.write(disk, 65_536, Patterns.filled(disk.name(), 10_000));
            fixture.write(disk, 300_000, Patterns.filled("b" + disk.name(), 70_000));
        }
        try (Snapshot snapshot = take(Optional.empty())) {
            breaches.demand(snapshot.frozen() == fixture.freezes(), "frozen() says the truth");
            breaches.demand(snapshot.facts().size() <= FACTS_LIMIT, "at most 64 facts");
            breaches.demand(
                    snapshot.facts().values().stream()
                            .allMatch(fact -> fact.length() <= SourceFacts.VALUE_LIMIT),
                    "facts keep their limit");
            for (VolumeSource disk : disks) {
                DiskView view = snapshot.disk(disk.name());
                content(view, disk);
                allocation(view, disk);
                if (fixture.freezes()) {
                    fixture.write(disk, 65_536, Patterns.filled("later", 10_000));
                    breaches.demand(
                            Patterns.at(view, 65_536, Patterns.filled(disk.name(), 10_000)),
                            "a view does not change when its source does");
                }
                unknown(view, "without a basis");
            }
            unknownNames(snapshot);
            snapshot.settle(new Settlement.Abandoned());
            snapshot.close();
        }
        nothingLeft("a snapshot that was closed twice");
    }

    private void unknownNames(Snapshot snapshot) {
        breaches.bug(() -> snapshot.disk("no-such-volume"), "disk() of an unknown name");
        breaches.bug(() -> snapshot.tree("no-such-volume"), "tree() of an unknown name");
        disks.forEach(it -> breaches.bug(() -> snapshot.tree(it.name()), "tree() of a disk"));
        trees.forEach(it -> breaches.bug(() -> snapshot.disk(it.name()), "disk() of a tree"));
    }

    private void content(DiskView view, VolumeSource disk) throws IOException {
        breaches.demand(view.sizeBytes() >= 1 << 20, "a disk has its size");
        breaches.demand(
                Patterns.at(view, 65_536, Patterns.filled(disk.name(), 10_000))
                        && Patterns.at(view, 300_000, Patterns.filled("b" + disk.name(), 70_000)),
                "a view shows what was written before it was taken");
        breaches.demand(
                Patterns.read(view, view.sizeBytes() - 3, 10).length == 3,
                "reading across the end gives what there is");
        breaches.demand(
                Patterns.read(view, view.sizeBytes(), 10).length == 0, "nothing lies at the end");
    }

    private void allocation(DiskView view, VolumeSource disk) throws IOException {
        List<ByteRange> allocated = view.allocated();
        breaches.demand(Ranges.ordered(allocated, view.sizeBytes()), "allocated() is in order");
        breaches.demand(
                Ranges.cover(allocated, 65_536, 10_000) && Ranges.cover(allocated, 300_000, 70_000),
                "allocated() holds all that is not zero on " + disk.name());
        for (ByteRange hole : Ranges.gaps(allocated, 1 << 20)) {
            int length = (int) hole.sizeBytes();
            breaches.demand(
                    Patterns.at(view, hole.position(), new byte[length]),
                    "what is not allocated reads as zeros");
        }
    }

    private void unknown(DiskView view, String when) {
        if (view.changes() instanceof Changes.Unknown(Explanation reason)) {
            breaches.explained(reason, "unknown changes");
        } else {
            breaches.add("changes are unknown " + when);
        }
    }

    /** That what changed is found, over commits, abandoned sessions and lost tracking. */
    private void changes() throws IOException {
        commit("conf-1", Optional.empty());
        Map<String, byte[]> before = heads();
        writeAll(131_072, "first");
        try (Snapshot snapshot = take(Optional.of("conf-1"))) {
            compare(snapshot, before, "since a committed snapshot");
            writeAll(500_000, "while it is read");
            snapshot.settle(new Settlement.Abandoned());
        }
        writeAll(700_000, "second");
        try (Snapshot snapshot = take(Optional.of("conf-1"))) {
            compare(snapshot, before, "after an abandoned one");
            // Closed without a word: abandoned too.
        }
        try (Snapshot snapshot = take(Optional.of("conf-1"))) {
            compare(snapshot, before, "after one that was only closed");
            before = heads(snapshot);
            writeAll(900_000, "between the instant and the settlement");
            snapshot.settle(new Settlement.Committed("conf-2"));
            snapshot.settle(new Settlement.Abandoned());
        }
        try (Snapshot snapshot = take(Optional.of("conf-2"))) {
            compare(snapshot, before, "since the instant of the committed one");
        }
        try (Snapshot snapshot = take(Optional.of("conf-other"))) {
            for (VolumeSource disk : disks) {
                unknown(snapshot.disk(disk.name()), "since a basis it never heard of");
            }
        }
        lostTracking();
        nothingLeft("many snapshots");
    }

    private void lostTracking() throws IOException {
        commit("conf-3", Optional.empty());
        if (!disks.isEmpty() && fixture.loseTracking()) {
            writeAll(131_072, "unseen");
            try (Snapshot snapshot = take(Optional.of("conf-3"))) {
                for (VolumeSource disk : disks) {
                    unknown(snapshot.disk(disk.name()), "after the tracking was lost");
                }
            }
        }
    }

    private void commit(String token, Optional<String> basis) {
        try (Snapshot snapshot = take(basis)) {
            snapshot.settle(new Settlement.Committed(token));
        }
    }

    private void writeAll(long position, String what) throws IOException {
        for (VolumeSource disk : disks) {
            fixture.write(disk, position, Patterns.filled(what + disk.name(), 5_000));
        }
    }

    private Map<String, byte[]> heads() throws IOException {
        try (Snapshot snapshot = take(Optional.of("conf-1"))) {
            return heads(snapshot);
        }
    }

    private Map<String, byte[]> heads(Snapshot snapshot) throws IOException {
        Map<String, byte[]> heads = new HashMap<>();
        for (VolumeSource disk : disks) {
            heads.put(disk.name(), Patterns.read(snapshot.disk(disk.name()), 0, 1 << 20));
        }
        return heads;
    }

    /** Whatever differs from before must lie in the tracked ranges; and a tracker must track. */
    private void compare(Snapshot snapshot, Map<String, byte[]> before, String when)
            throws IOException {
        for (VolumeSource disk : disks) {
            DiskView view = snapshot.disk(disk.name());
            byte[] then = before.get(disk.name());
            byte[] now = Patterns.read(view, 0, 1 << 20);
            switch (view.changes()) {
                case Changes.Tracked(List<ByteRange> ranges) -> {
                    breaches.demand(fixture.tracks(), "only a tracker tracks");
                    breaches.demand(
                            Ranges.ordered(ranges, view.sizeBytes()), "changes are in order");
                    breaches.demand(
                            Ranges.coverDifferences(ranges, then, now),
                            "no change is missing " + when);
                    breaches.demand(
                            !Ranges.cover(ranges, 0, 1 << 20), "not all is called changed " + when);
                }
                case Changes.Unknown(Explanation reason) ->
                        breaches.demand(
                                !fixture.tracks(), "changes are tracked " + when + ": " + reason);
            }
        }
    }

    /** That a kill between taking and settling hurts nobody. */
    private void crash() throws IOException {
        commit("conf-4", Optional.empty());
        Map<String, byte[]> before = new HashMap<>();
        try (Snapshot snapshot = take(Optional.of("conf-4"))) {
            before.putAll(heads(snapshot));
        }
        Snapshot forgotten = take(Optional.of("conf-4"));
        writeAll(200_000, "after the kill");
        breaches.demand(fixture.restart().tidy(volumes).isDone(), "tidies up after a kill");
        try (Snapshot snapshot = take(Optional.of("conf-4"))) {
            for (VolumeSource disk : disks) {
                DiskView view = snapshot.disk(disk.name());
                byte[] now = Patterns.read(view, 0, 1 << 20);
                if (view.changes() instanceof Changes.Tracked(List<ByteRange> ranges)) {
                    breaches.demand(
                            Ranges.coverDifferences(ranges, before.get(disk.name()), now),
                            "no change is missing after a kill");
                }
            }
        }
        nothingLeft("a kill");
        // The dead one cannot be closed by a dead process; here it must not harm the living.
        forgotten.close();
        try (Snapshot snapshot = take(Optional.empty())) {
            breaches.demand(snapshot.takenAt() != null, "works after a stray close");
        }
        nothingLeft("a stray close");
    }

    private void trees() throws IOException {
        for (VolumeSource tree : trees) {
            Path live = fixture.liveTree(tree);
            Files.createDirectories(live.resolve("folder"));
            Files.writeString(live.resolve("folder/file"), "one");
        }
        if (trees.isEmpty()) {
            return;
        }
        try (Snapshot snapshot = take(Optional.empty())) {
            for (VolumeSource tree : trees) {
                Path root = snapshot.tree(tree.name());
                breaches.demand(
                        Files.readString(root.resolve("folder/file")).equals("one"),
                        "a tree shows its files");
                Files.writeString(fixture.liveTree(tree).resolve("folder/file"), "two");
                Files.writeString(fixture.liveTree(tree).resolve("new"), "new");
                if (fixture.freezes()) {
                    breaches.demand(
                            Files.readString(root.resolve("folder/file")).equals("one")
                                    && !Files.exists(root.resolve("new")),
                            "a frozen tree does not change when its source does");
                }
            }
            snapshot.settle(new Settlement.Committed("conf-tree"));
        }
        try (Snapshot snapshot = take(Optional.of("conf-tree"))) {
            for (VolumeSource tree : trees) {
                Path root = snapshot.tree(tree.name());
                breaches.demand(
                        Files.readString(root.resolve("folder/file")).equals("two")
                                && Files.exists(root.resolve("new")),
                        "the next tree shows what was written since");
            }
        }
        nothingLeft("trees");
    }

    private void nothingLeft(String after) throws IOException {
        List<String> left = fixture.leftOvers();
        breaches.demand(left.isEmpty(), "nothing is left after " + after + ": " + left);
    }

    /** Collects sentences. */
    private static final class Breaches {

        private final List<String> all = new ArrayList<>();

        List<String> all() {
            return all.stream().distinct().toList();
        }

        void add(String rule) {
            all.add("broken: " + rule);
        }

        void demand(boolean holds, String rule) {
            if (!holds) {
                add(rule);
            }
        }

        void explained(Explanation why, String what) {
            for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                boolean worded =
                        !why.happened(locale).isBlank()
                                && !why.inFull(locale).contains("!" + why.code());
                demand(worded, what + " is explained in " + locale + ": " + why.code());
            }
        }

        void bug(Runnable call, String what) {
            try {
                call.run();
                add(what + " is an IllegalArgumentException");
            } catch (IllegalArgumentException _) {
                return;
            }
        }
    }
}
