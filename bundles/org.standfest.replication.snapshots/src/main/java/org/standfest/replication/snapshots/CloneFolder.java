package org.standfest.replication.snapshots;

import org.standfest.replication.source.VolumeSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Where the clones of one image lie, on its file system: {@code STEM.taking-N} while a session
 * reads it, {@code STEM.since-TOKEN} for finding what changed since a committed one. Names tell
 * everything, so whatever a kill leaves is found.
 */
final class CloneFolder {

    /** The folder beside an image, unless the option {@code temporary} names another. */
    static final String NAME = ".standfest-snapshots";

    private static final String TAKING = ".taking-";
    private static final String SINCE = ".since-";
    private static final double SPACE_KEPT = 0.05;
    private static final double SPACE_LEAST = 0.02;

    private final Path folder;
    private final String stem;

    private CloneFolder(Path folder, String stem) {
        this.folder = folder;
        this.stem = stem;
    }

    static CloneFolder of(VolumeSource volume, Path image) {
        Path folder =
                Optional.ofNullable(volume.options().get(SnapshotOptions.TEMPORARY))
                        .map(Path::of)
                        .orElseGet(() -> image.toAbsolutePath().getParent().resolve(NAME));
        CRC32C sum = new CRC32C();
        sum.update(image.toString().getBytes(StandardCharsets.UTF_8));
        String stem = volume.name() + String.format(Locale.ROOT, "-%08x", sum.getValue());
        return new CloneFolder(folder, stem);
    }

    /** A name for a new clone; the folder is there, and older clones in the making are not. */
    Path taking(long number) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        removeTaking();
        return folder.resolve(stem + TAKING + number);
    }

    /** The clone of a committed state, if it was kept. */
    Optional<Path> since(String token) {
        return Optional.of(folder.resolve(stem + SINCE + token)).filter(Files::isRegularFile);
    }

    /** Makes a clone the one that changes are found with, in place of all others. */
    void keep(Path clone, String token) throws IOException {
        Path kept = folder.resolve(stem + SINCE + token);
        Files.move(clone, kept, StandardCopyOption.ATOMIC_MOVE);
        remove(SINCE, kept);
    }

    /** Removes all kept clones: the next session reads everything. */
    void forget() throws IOException {
        remove(SINCE, folder);
    }

    /** Removes what a kill left. */
    void removeTaking() throws IOException {
        remove(TAKING, folder);
    }

    private void remove(String kind, Path but) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> ours =
                    files.filter(file -> file.getFileName().toString().startsWith(stem + kind))
                            .filter(file -> !file.equals(but))
                            .toList();
            for (Path file : ours) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Whether there is room to keep old blocks until the next session. */
    boolean roomToKeep() throws IOException {
        return free() >= SPACE_KEPT;
    }

    /** Whether so little room is left that the source comes first and a clone has to go. */
    boolean tooFull() throws IOException {
        return free() < SPACE_LEAST;
    }

    private double free() throws IOException {
        FileStore store = Files.getFileStore(folder);
        return (double) store.getUsableSpace() / Math.max(1, store.getTotalSpace());
    }
}
