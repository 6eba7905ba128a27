package org.standfest.replication.snapshots;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Provider {@code reflink}: image files and folders on XFS or btrfs, cloned without copying. An
 * address is the absolute path of the image or the folder.
 *
 * <p>An image is cloned in one instant, milliseconds for any size. What changed since the committed
 * clone is found by comparing where the two lie on the device, without reading ({@link
 * ExtentComparison}); for that one clone stays between sessions and takes the space of what is
 * overwritten meanwhile, unless the option {@link SnapshotOptions#TRACKING} is {@code no} or less
 * than a twentieth of the file system is free. Unchanged originals are read themselves and not
 * their clones ({@link CloneView}).
 *
 * <p>Several images are cloned one after another; if one changed before the last was cloned, all
 * are cloned again, three times, and after that the snapshot says that its parts show different
 * instants. The files of a folder are cloned one by one into a shadow that stays between sessions
 * ({@link ShadowTree}), so that later sessions read only what changed; that it is one instant is
 * checked in the same way.
 */
@Component(service = SnapshotProvider.class)
public final class ReflinkProvider implements SnapshotProvider {

    private static final int ATTEMPTS = 3;
    private static final Object NO_VALUE = "no";

    private final PoolFiles files;
    private final InstantSource clock;
    private final Rest rest;
    private final AtomicLong numbers;

    /** On this host. */
    @Activate
    public ReflinkProvider() {
        this(new LocalPoolFiles(), InstantSource.system(), Rest.HOST);
    }

    /**
     * @param files how folders are read and shadowed
     * @param clock for the instant of the views
     * @param rest waits before something is tried again
     */
    public ReflinkProvider(PoolFiles files, InstantSource clock, Rest rest) {
        this.files = files;
        this.clock = clock;
        this.rest = rest;
        // Names of clones are told apart also from those of an earlier process.
        this.numbers = new AtomicLong(clock.instant().toEpochMilli() << 10);
    }

    @Override
    public String kind() {
        return "reflink";
    }

    @Override
    public Presence presence(VolumeSource volume) {
        return Sources.presence(volume);
    }

    @Override
    public Outcome<Void> tidy(List<VolumeSource> volumes) {
        for (VolumeSource volume : volumes) {
            if (volume.kind() == VolumeKind.DISK) {
                try {
                    CloneFolder.of(volume, Path.of(volume.address())).removeTaking();
                } catch (IOException fault) {
                    return Texts.fail(fault, "tidy", volume.name(), Texts.of(fault));
                }
            }
        }
        return Outcome.done();
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        for (VolumeSource volume : request.volumes()) {
            boolean there =
                    volume.kind() == VolumeKind.DISK
                            ? Files.isRegularFile(Path.of(volume.address()))
                            : Files.isDirectory(Path.of(volume.address()));
            if (!volume.provider().equals(kind()) || !there) {
                return Texts.refuse("no-file", volume.name(), volume.address());
            }
        }
        TakenClones taken = new TakenClones(clock.instant());
        try {
            boolean together = false;
            Instant end = clock.instant().plus(request.limit());
            for (int i = 0; i < ATTEMPTS && !together && clock.instant().isBefore(end); i++) {
                if (i > 0) {
                    rest.millis(Rest.TICK_MILLIS);
                }
                taken.close();
                taken = new TakenClones(clock.instant());
                together = clones(request, taken);
            }
            for (VolumeSource volume : request.volumes()) {
                if (volume.kind() == VolumeKind.TREE) {
                    together &= tree(volume, taken, end);
                }
            }
            taken.complete(together && oneTree(request));
            return Outcome.done(taken);
        } catch (LinuxCalls.CallFailed | ShadowUpdate.CannotShare failed) {
            taken.close();
            return Texts.refuse("no-reflink", taken.last(), Texts.of(failed));
        } catch (IOException fault) {
            taken.close();
            return Texts.fail(fault, "failed", taken.last(), Texts.of(fault));
        }
    }

    /** Images and a tree, or two trees, are never proven to show one instant. */
    private static boolean oneTree(SnapshotRequest request) {
        return request.volumes().size() == 1
                || request.volumes().stream().noneMatch(it -> it.kind() == VolumeKind.TREE);
    }

    /** Clones all images; whether all clones show one instant. */
    private boolean clones(SnapshotRequest request, TakenClones taken) throws IOException {
        Map<Path, Stamp> stamps = new LinkedHashMap<>();
        boolean proven = true;
        for (VolumeSource volume : request.volumes()) {
            if (volume.kind() == VolumeKind.DISK) {
                taken.next(volume.name());
                Path image = Path.of(volume.address()).toRealPath();
                CloneFolder folder = CloneFolder.of(volume, Path.of(volume.address()));
                Path clone = folder.taking(numbers.incrementAndGet());
                // Before: if nothing changes from here to the end, this is what was cloned.
                Stamp before = Stamp.of(image);
                Instant cloning = clock.instant();
                taken.made(clone, folder);
                LinuxCalls.cloneFile(image, clone);
                boolean tells = before.tellsChangesFrom(cloning) && before.holds(image);
                proven &= tells;
                stamps.put(image, before);
                Stamp stamp = new Stamp(0, 0, Files.size(clone), Instant.MIN, Instant.MIN);
                taken.add(
                        volume,
                        new CloneView(
                                image,
                                clone,
                                tells ? before : stamp,
                                tells,
                                folder,
                                changes(request, volume, folder, clone)));
            }
        }
        return stamps.size() < 2
                || proven
                        && stamps.entrySet().stream()
                                .allMatch(entry -> entry.getValue().holds(entry.getKey()));
    }

    private static Changes changes(
            SnapshotRequest request, VolumeSource volume, CloneFolder folder, Path clone)
            throws IOException {
        if (request.basisToken().isEmpty()) {
            return new Changes.Unknown(Texts.explain("no-basis", volume.name()));
        }
        Optional<Path> basis = folder.since(request.basisToken().get());
        if (basis.isEmpty()) {
            return new Changes.Unknown(
                    Texts.explain("basis-gone", volume.name(), request.basisToken().get()));
        }
        if (Files.size(basis.get()) != Files.size(clone)) {
            return new Changes.Unknown(Texts.explain("resized", volume.name()));
        }
        try {
            List<Extent> older = LinuxCalls.extents(basis.get());
            List<Extent> newer = LinuxCalls.extents(clone);
            // Asked again: whoever moves extents about (balance, defragmentation) between the two
            // answers would make them incomparable.
            if (!older.equals(LinuxCalls.extents(basis.get()))) {
                return new Changes.Unknown(Texts.explain("extents-move", volume.name()));
            }
            List<ByteRange> ranges = ExtentComparison.differences(older, newer, Files.size(clone));
            return new Changes.Tracked(ranges);
        } catch (IOException cannotTell) {
            return new Changes.Unknown(
                    Texts.explain("no-extents", volume.name(), Texts.of(cannotTell)));
        }
    }

    private boolean tree(VolumeSource volume, TakenClones taken, Instant end) throws IOException {
        taken.next(volume.name());
        ShadowTree shadow = ShadowTree.of(volume, files, ShadowTree.Copying.SHARED, List.of());
        List<String> changing = new ArrayList<>();
        boolean steady = false;
        for (int i = 0; i < ATTEMPTS && !steady && clock.instant().isBefore(end); i++) {
            changing = shadow.update(end, clock);
            steady = changing.isEmpty();
            if (!steady) {
                rest.millis(Rest.TICK_MILLIS);
            }
        }
        taken.add(volume, shadow.root(), changing);
        return steady;
    }

    /** Whether clones of a volume are kept for finding changes. */
    static boolean tracked(VolumeSource volume) {
        return !NO_VALUE.equals(volume.options().get(SnapshotOptions.TRACKING));
    }
}
