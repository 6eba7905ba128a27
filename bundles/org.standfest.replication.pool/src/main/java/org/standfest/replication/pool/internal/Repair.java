package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Hold;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.RepairReport;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.results.Finding;
import org.standfest.results.Severity;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Checks a system's own files and puts them right. Nothing is taken away that could still be part
 * of a committed point; what is rebuilt is proved by the root of the point it belongs to. The
 * caller keeps everybody else out. For one thread.
 */
final class Repair {

    private static final String SHEET = ".properties";
    private static final String NEW = ".new";

    private final Tools tools;
    private final PoolFiles files;
    private final SystemFiles paths;
    private final String id;
    private final boolean mend;
    private final Progress progress;
    private final List<Finding> repaired = new ArrayList<>();
    private final List<Finding> left = new ArrayList<>();

    Repair(Tools tools, SystemFiles paths, String id, boolean mend, Progress progress) {
        this.tools = tools;
        this.files = tools.files();
        this.paths = paths;
        this.id = id;
        this.mend = mend;
        this.progress = progress;
    }

    RepairReport run() throws IOException, Refusal {
        sheets();
        decisions();
        leftovers();
        List<StoredPoint> points = readable();
        if (!points.isEmpty()) {
            newest(points.getFirst());
            for (StoredPoint older : points.subList(1, points.size())) {
                older(older);
            }
            damaged(points);
        }
        return new RepairReport(id, repaired, left, points.size());
    }

    private void repaired(String code, Object... arguments) {
        repaired.add(new Finding(Severity.WARNING, id, "", Words.explain(code, arguments)));
    }

    private void left(String code, Object... arguments) {
        left.add(new Finding(Severity.ERROR, id, "", Words.explain(code, arguments)));
    }

    private Optional<Sheet> read(Path path) throws IOException {
        try {
            return Optional.of(Sheet.read(files, path));
        } catch (Damage | NoSuchFileException lost) {
            return Optional.empty();
        }
    }

    /** Everything that is written twice. */
    private void sheets() throws IOException, Refusal {
        SortedSet<Path> twice = new TreeSet<>(List.of(paths.system()));
        for (Path path : List.of(paths.guards(), paths.holds())) {
            if (files.exists(path) || files.exists(Sheet.copy(path))) {
                twice.add(path);
            }
        }
        for (String name : files.list(paths.points())) {
            String number = name.replaceFirst("\\..*", "");
            if (SystemFiles.number(number) > 0 && !name.endsWith(NEW)) {
                twice.add(paths.points().resolve(number + SHEET));
            }
        }
        for (Path path : twice) {
            Optional<Sheet> sheet = read(path);
            Optional<Sheet> copy = read(Sheet.copy(path));
            String name = paths.root().relativize(path).toString();
            if (sheet.isPresent() && !sheet.equals(copy)) {
                repaired("pool.repair-copy", name);
                write(sheet.get(), path);
            } else if (sheet.isEmpty() && copy.isPresent()) {
                repaired("pool.repair-sheet", name);
                write(copy.get(), path);
            } else if (sheet.isEmpty()) {
                rebuild(path, name);
            }
        }
    }

    private void write(Sheet sheet, Path path) throws IOException {
        if (mend) {
            sheet.writeTwice(files, path);
            files.syncDirectory(path.getParent());
        }
    }

    /** Both copies are lost. */
    private void rebuild(Path path, String name) throws IOException, Refusal {
        if (path.equals(paths.system())) {
            // one more than any point says: an old primary must stay locked out
            long epoch =
                    readable().stream().mapToLong(point -> point.point().epoch()).max().orElse(0);
            SystemState state =
                    new SystemState(
                            id, id, epoch + 1, List.of(), List.of(), List.of(), Guards.NONE);
            repaired("pool.repair-system", name, epoch + 1);
            if (mend) {
                state.writeSystem(files, paths);
            }
        } else if (path.equals(paths.guards())) {
            Hold stop = new Hold("repair", name, tools.clock().instant());
            repaired("pool.repair-guards", name);
            if (mend) {
                Guards.NONE.withStops(List.of(stop)).write(files, paths);
            }
        } else if (path.equals(paths.holds())) {
            Hold hold = new Hold("repair", name, tools.clock().instant());
            repaired("pool.repair-holds", name);
            if (mend) {
                new SystemState(id, id, 1, List.of(), List.of(), List.of(hold), Guards.NONE)
                        .writeHolds(files, paths);
            }
        } else {
            lostPoint(path, name);
        }
    }

    /** A point of which nobody knows what it was; if it is the newest, the one before it counts. */
    private void lostPoint(Path path, String name) throws IOException, Refusal {
        long number = SystemFiles.number(name.replaceAll(".*/|\\..*", ""));
        boolean newest =
                files.list(paths.points()).stream()
                        .map(other -> SystemFiles.number(other.replaceFirst("\\..*", "")))
                        .noneMatch(other -> other > number);
        List<StoredPoint> others = readable();
        if (!newest || others.isEmpty()) {
            left("pool.repair-point-lost", number);
            return;
        }
        Optional<RecoveryPoint> rebuilt =
                new Rebuilding(tools, paths).newest(number, others.getFirst().point(), progress);
        if (rebuilt.isEmpty()) {
            left("pool.repair-newest-lost", number);
            return;
        }
        repaired("pool.repair-point-rebuilt", number);
        write(PointSheet.write(new StoredPoint(rebuilt.get(), Map.of())), path);
    }

    /** The points whose sheets can be read by now, the newest first. */
    private List<StoredPoint> readable() throws IOException, Refusal {
        List<StoredPoint> points = new ArrayList<>();
        for (String name : files.list(paths.points()).reversed()) {
            if (name.endsWith(SHEET)) {
                Optional<Sheet> sheet = read(paths.points().resolve(name));
                if (sheet.isEmpty()) {
                    sheet = read(Sheet.copy(paths.points().resolve(name)));
                }
                if (sheet.isPresent()) {
                    points.add(PointSheet.read(sheet.get()));
                }
            }
        }
        points.sort((a, b) -> Long.compare(b.number(), a.number()));
        return points;
    }

    /**
     * A decision is taken by its sheet being there; what it decided can be read elsewhere as well.
     */
    private void decisions() throws IOException, Refusal {
        if (files.exists(paths.redo()) && read(paths.redo()).isEmpty()) {
            Optional<Sheet> prepared = read(paths.incoming().point());
            if (prepared.isPresent()) {
                RecoveryPoint point = PointSheet.read(prepared.get()).point();
                Map<String, String> values = new HashMap<>();
                values.put("format", String.valueOf(DirectoryPool.FORMAT));
                values.put("number", String.valueOf(point.number()));
                values.put("id", point.id());
                values.put(Redo.PREVIOUS, String.valueOf(point.number() - 1));
                repaired("pool.repair-decision", paths.redo().getFileName());
                if (mend) {
                    new Sheet(values).write(files, paths.redo());
                }
            } else {
                left("pool.repair-decision-lost", paths.redo().getFileName());
            }
        }
        if (files.exists(paths.removal()) && read(paths.removal()).isEmpty()) {
            Optional<Sheet> copy = read(Sheet.copy(paths.removal()));
            if (copy.isPresent()) {
                repaired("pool.repair-decision", paths.removal().getFileName());
                if (mend) {
                    copy.get().write(files, paths.removal());
                }
            } else {
                left("pool.repair-decision-lost", paths.removal().getFileName());
            }
        }
        // what was decided has to be carried out before contents are judged
        if (mend && files.exists(paths.redo()) && read(paths.redo()).isPresent()) {
            Redo.run(files, paths, false);
        }
        if (mend && files.exists(paths.removal()) && read(paths.removal()).isPresent()) {
            Removal.finish(files, paths);
        }
    }

    /** Half written files that nothing refers to. */
    private void leftovers() throws IOException {
        for (Path directory : List.of(paths.root(), paths.points(), paths.attachments())) {
            for (String name : files.list(directory)) {
                if (name.endsWith(NEW)) {
                    repaired("pool.repair-leftover", name);
                    if (mend) {
                        files.delete(directory.resolve(name));
                    }
                }
            }
        }
        for (Path directory :
                List.of(paths.current(), paths.manifests(), paths.points(), paths.older())) {
            if (!files.exists(directory)) {
                repaired("pool.repair-directory", paths.root().relativize(directory));
                if (mend) {
                    files.createDirectory(directory);
                }
            }
        }
    }

    private void newest(StoredPoint point) throws IOException, Refusal {
        for (PooledVolume volume : point.point().volumes()) {
            Path manifest =
                    volume.kind() == VolumeKind.DISK
                            ? paths.diskManifest(volume.name())
                            : paths.treeManifest(volume.name());
            Path image =
                    volume.kind() == VolumeKind.DISK
                            ? paths.image(volume.name())
                            : paths.tree(volume.name());
            manifest(volume, manifest, image);
        }
    }

    private void older(StoredPoint point) throws IOException, Refusal {
        Path older = paths.older(point.number());
        for (PooledVolume volume : point.point().volumes()) {
            Path clone = SystemFiles.clone(older, volume.name());
            if (volume.kind() == VolumeKind.DISK && files.exists(clone)) {
                manifest(volume, SystemFiles.cloneManifest(older, volume.name()), clone);
                continue;
            }
            Path delta =
                    volume.kind() == VolumeKind.DISK
                            ? SystemFiles.diskDelta(older, volume.name())
                            : SystemFiles.treeDelta(older, volume.name());
            if (!isReadable(volume, delta)) {
                left("pool.repair-delta-lost", point.number(), volume.name());
            }
        }
    }

    /** What the last scrub found in older points and nobody has any more. */
    private void damaged(List<StoredPoint> points) throws IOException {
        DamageList damage = DamageList.read(files, paths);
        for (StoredPoint older : points.subList(1, points.size())) {
            int blocks = damage.count(older.number(), false);
            if (blocks > 0) {
                left("pool.repair-blocks-lost", older.number(), blocks);
            }
        }
    }

    private boolean isReadable(PooledVolume volume, Path delta) throws IOException {
        try {
            if (volume.kind() == VolumeKind.DISK) {
                BlockTable.read(files, delta, BlockTable.DELTA, (index, hash, position) -> {});
            } else {
                TreeDelta.read(files, delta);
            }
            return true;
        } catch (Damage | NoSuchFileException | Refusal broken) {
            return false;
        }
    }

    /** A manifest that does not give the point's root is made anew from the content. */
    private void manifest(PooledVolume volume, Path manifest, Path image)
            throws IOException, Refusal {
        if (progress.cancelled()) {
            throw Refusal.of("pool.cancelled");
        }
        Rebuilding rebuilding = new Rebuilding(tools, paths);
        Optional<BlockHash> root = rebuilding.storedRoot(volume.kind(), manifest);
        if (root.equals(Optional.of(volume.root()))) {
            return;
        }
        String name = paths.root().relativize(manifest).toString();
        boolean done = rebuilding.manifest(volume, manifest, image, mend, progress);
        if (done) {
            repaired("pool.repair-manifest", name);
        } else {
            left("pool.repair-manifest-lost", name);
        }
    }
}
