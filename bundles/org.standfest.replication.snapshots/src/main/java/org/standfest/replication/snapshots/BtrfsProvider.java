package org.standfest.replication.snapshots;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Provider {@code btrfs}: subvolumes as read-only snapshots. An address is the path of a
 * subvolume's root. All files are taken in one instant, and keep inode and change time in the
 * snapshot, so that a later session reads only what changed. Needs the rights to make and delete
 * subvolumes (root).
 *
 * <p>The snapshot lies in the folder {@code .standfest-snapshots} within the subvolume, or in the
 * one that the option {@code temporary} names, on the same file system. Subvolumes below the
 * subvolume are not part of it and have to be volumes of their own.
 */
@Component(service = SnapshotProvider.class)
public final class BtrfsProvider implements SnapshotProvider {

    /** The inode of every subvolume's root, and of nothing else (linux/btrfs_tree.h). */
    private static final long ROOT_INODE = 256;

    private static final String TAKING = ".taking-";

    private final InstantSource clock;
    private final AtomicLong numbers;

    /** On this host. */
    @Activate
    public BtrfsProvider() {
        this(InstantSource.system());
    }

    /**
     * @param clock for the instant of the views
     */
    public BtrfsProvider(InstantSource clock) {
        this.clock = clock;
        this.numbers = new AtomicLong(clock.instant().toEpochMilli() << 10);
    }

    @Override
    public String kind() {
        return "btrfs";
    }

    @Override
    public Presence presence(VolumeSource volume) {
        return Sources.presence(volume);
    }

    @Override
    public Outcome<Void> tidy(List<VolumeSource> volumes) {
        for (VolumeSource volume : volumes) {
            try {
                removeLeftOvers(volume);
            } catch (IOException fault) {
                return Texts.fail(fault, "tidy", volume.name(), Texts.of(fault));
            }
        }
        return Outcome.done();
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        for (VolumeSource volume : request.volumes()) {
            Path root = Path.of(volume.address());
            if (volume.kind() != VolumeKind.TREE
                    || !volume.provider().equals(kind())
                    || !Files.isDirectory(root)) {
                return Texts.refuse("no-file", volume.name(), volume.address());
            }
            if (!subvolume(root)) {
                return Texts.refuse("no-subvolume", volume.name(), volume.address());
            }
        }
        TakenDevices taken = new TakenDevices(clock.instant(), true);
        String last = "";
        try {
            for (VolumeSource volume : request.volumes()) {
                last = volume.name();
                removeLeftOvers(volume);
                Path folder = folder(volume);
                if (!Files.isDirectory(folder)) {
                    Files.createDirectories(
                            folder,
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
                }
                String name = volume.name() + TAKING + numbers.incrementAndGet();
                LinuxCalls.btrfsSnapshot(Path.of(volume.address()), folder, name);
                taken.undo(() -> remove(folder, name));
                taken.tree(volume.name(), folder.resolve(name), kind());
            }
            return Outcome.done(taken);
        } catch (IOException fault) {
            taken.close();
            return Texts.fail(fault, "failed", last, Texts.of(fault));
        }
    }

    private static boolean subvolume(Path root) {
        try {
            return Files.getFileStore(root).type().equals("btrfs")
                    && Files.getAttribute(root, "unix:ino").equals(ROOT_INODE);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Path folder(VolumeSource volume) {
        return Optional.ofNullable(volume.options().get(SnapshotOptions.TEMPORARY))
                .map(Path::of)
                .orElseGet(() -> Path.of(volume.address()).resolve(CloneFolder.NAME));
    }

    private static void removeLeftOvers(VolumeSource volume) throws IOException {
        Path folder = folder(volume);
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<String> names;
        try (Stream<Path> all = Files.list(folder)) {
            names =
                    all.map(path -> path.getFileName().toString())
                            .filter(name -> name.startsWith(volume.name() + TAKING))
                            .toList();
        }
        for (String name : names) {
            LinuxCalls.btrfsDelete(folder, name);
        }
    }

    private static void remove(Path folder, String name) {
        try {
            if (Files.isDirectory(folder.resolve(name))) {
                LinuxCalls.btrfsDelete(folder, name);
            }
        } catch (IOException stays) {
            // The next snapshot, or the next start, removes it by its name.
        }
    }
}
