package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.ScrubPace;
import org.standfest.replication.pool.ScrubReport;
import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.results.Finding;
import org.standfest.results.Severity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One call of the scrub of a system: goes on where the last one stopped. Reads piece by piece while
 * a commit waits for one piece at most; waits, repairs and writes its position down between them.
 */
final class Scrub {

    private static final int MAX_FINDINGS = 1_000;
    private static final long WRITE_AFTER_BYTES = 256L << 20;

    private final Tools tools;
    private final UpkeepDesk.Systems systems;
    private final SystemStore store;
    private final ScrubPace pace;
    private final Progress progress;
    private final PoolFiles files;
    private final SystemFiles paths;
    private final List<Finding> findings = new ArrayList<>();
    private ScrubState position;
    private long totalBytes;

    Scrub(
            Tools tools,
            UpkeepDesk.Systems systems,
            SystemStore store,
            ScrubPace pace,
            Progress progress) {
        this.tools = tools;
        this.systems = systems;
        this.store = store;
        this.pace = pace;
        this.progress = progress;
        this.files = tools.files();
        this.paths = store.paths();
    }

    /** A volume of a point, in the order of the scrub: newest points first. */
    record Unit(long point, PooledVolume volume, long number) {

        boolean newest() {
            return point == ScrubState.NEWEST;
        }
    }

    ScrubReport run() throws IOException, Refusal {
        SystemState state = store.settled();
        if (state.stored().isEmpty()) {
            throw Refusal.of("pool.no-point", state.name());
        }
        totalBytes = total(state);
        position =
                ScrubState.read(files, paths)
                        .filter(known -> known.endedAt().isEmpty())
                        .orElseGet(() -> ScrubState.begin(tools.clock().instant()));
        long written = position.checkedBytes();
        ScrubReader reader = new ScrubReader(files, store);
        Optional<Unit> unit = next(state, true);
        while (unit.isPresent() && !progress.cancelled()) {
            Unit at = unit.get();
            long index = at.volume().name().equals(position.volume()) ? position.index() : 0;
            ScrubReader.Piece piece = reader.read(at, index);
            long repaired = mend(at, piece);
            position =
                    position.at(at.point(), at.volume().name(), piece.nextIndex())
                            .plus(piece.readBytes(), repaired);
            if (piece.last()) {
                unit = next(store.settled(), false);
                // a crash before this is written repeats a piece, nothing worse
                unit.ifPresent(to -> position = position.at(to.point(), to.volume().name(), 0));
            }
            if (position.checkedBytes() - written > WRITE_AFTER_BYTES) {
                position.write(files, paths);
                written = position.checkedBytes();
            }
            progress.report(Math.min(position.checkedBytes(), totalBytes), totalBytes);
            pace.read(piece.readBytes());
        }
        if (unit.isEmpty()) {
            position = position.ended(tools.clock().instant());
            tidy();
        }
        position.write(files, paths);
        store.forgetUnlessOpen();
        return report();
    }

    private static long total(SystemState state) {
        long sum = 0;
        for (StoredPoint point : state.stored()) {
            sum +=
                    sum == 0
                            ? point.point().volumes().stream()
                                    .mapToLong(PooledVolume::sizeBytes)
                                    .sum()
                            : 0;
        }
        for (StoredPoint point : state.stored()) {
            sum += point.point().changedBytes();
        }
        return sum - state.stored().getLast().point().changedBytes();
    }

    private ScrubReport report() throws IOException {
        DamageList damage = DamageList.read(files, paths);
        long wanted = damage.all().stream().filter(item -> item.point() == 0).count();
        return new ScrubReport(
                store.state().id(),
                position.startedAt(),
                position.endedAt(),
                position.checkedBytes(),
                totalBytes,
                position.repaired(),
                wanted,
                damage.all().size() - wanted,
                findings);
    }

    /**
     * The unit the position stands at, or the one after it; points that are gone by now are left
     * out.
     */
    private Optional<Unit> next(SystemState state, boolean same) {
        boolean after = position.volume().isEmpty();
        for (StoredPoint stored : state.stored()) {
            boolean newest = stored.number() == state.numbers().getFirst();
            long point = newest ? ScrubState.NEWEST : stored.number();
            if (point > position.point()) {
                continue;
            }
            for (PooledVolume volume : stored.point().volumes()) {
                boolean here = point == position.point() && volume.name().equals(position.volume());
                if (after || point < position.point() || here && same) {
                    return Optional.of(new Unit(point, volume, stored.number()));
                }
                after |= here;
            }
        }
        return Optional.empty();
    }

    /** Repairs what was found, or remembers it; returns how many blocks were repaired. */
    private long mend(Unit unit, ScrubReader.Piece piece) throws IOException, Refusal {
        Rescue rescue = new Rescue(tools, systems, store);
        List<DamageList.Item> lost = new ArrayList<>();
        long repaired = 0;
        for (DamageList.Item item : piece.bad()) {
            boolean mended = rescue.mend(unit, item);
            repaired += mended ? 1 : 0;
            if (!mended) {
                lost.add(item);
            }
            String code =
                    mended
                            ? "pool.scrub-repaired"
                            : item.point() == 0 ? "pool.scrub-wanted" : "pool.scrub-lost";
            found(unit, item, mended ? Severity.WARNING : Severity.ERROR, code);
        }
        synchronized (store) {
            DamageList damage = DamageList.read(files, paths);
            boolean changed = false;
            for (DamageList.Item known : damage.all()) {
                boolean again = piece.covers(known) && !lost.contains(known);
                changed |= again && damage.remove(known);
            }
            for (DamageList.Item item : lost) {
                changed |= damage.add(item);
            }
            if (changed) {
                damage.write(files, paths);
            }
        }
        return repaired;
    }

    private void found(Unit unit, DamageList.Item item, Severity severity, String code) {
        if (findings.size() < MAX_FINDINGS) {
            String place =
                    item.block().file().map(path -> path + " ").orElse("") + item.block().index();
            findings.add(
                    new Finding(
                            severity,
                            store.state().id(),
                            item.block().volume(),
                            Words.explain(
                                    code, unit.number(), item.block().volume() + ' ' + place)));
        }
    }

    /** Takes out of the list what belongs to points or files that are gone. */
    private void tidy() throws IOException, Refusal {
        synchronized (store) {
            DamageList damage = DamageList.read(files, paths);
            List<WantedBlock> demanded = UpkeepDesk.demanded(files, paths);
            boolean changed = false;
            for (DamageList.Item item : damage.all()) {
                boolean gone =
                        item.point() == 0
                                ? !demanded.contains(item.block())
                                : !store.state().numbers().contains(item.point());
                changed |= gone && damage.remove(item);
            }
            if (changed) {
                damage.write(files, paths);
            }
        }
    }
}
