package org.standfest.hypervisor.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of one machine: the socket and the old blocks of a running job, the papers given to
 * libvirt, and which checkpoint belongs to which committed state. The folder belongs to the user
 * QEMU runs as, like its parent, because QEMU makes socket and blocks.
 */
final class BackupFolder {

    private static final String BASIS = "basis";

    private final Path folder;

    BackupFolder(Path parent, String domain) {
        this.folder = parent.resolve(domain.replace(' ', '_'));
    }

    /** The socket of one job; another one for each, so that a job is known by it. */
    Path socket(String job) {
        return folder.resolve("nbd-" + job);
    }

    /** Whether a job's description names a socket of ours. */
    boolean owns(String description) {
        return description.contains("'" + folder + "/nbd-");
    }

    Path scratch(String target) {
        return folder.resolve("scratch-" + target);
    }

    /** Makes it, without what an earlier job left. */
    void prepare() throws IOException {
        Path parent = folder.getParent();
        if (!Files.isDirectory(parent)) {
            make(parent, parent.getParent());
        }
        if (!Files.isDirectory(folder)) {
            make(folder, parent);
        }
        clear();
    }

    private static void make(Path made, Path like) throws IOException {
        Files.createDirectory(
                made,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!Files.getOwner(made).equals(Files.getOwner(like))) {
            Files.setOwner(made, Files.getOwner(like));
        }
    }

    /** Removes everything of a job; done also when there is nothing. */
    void clear() throws IOException {
        for (Path file : jobFiles()) {
            Files.deleteIfExists(file);
        }
    }

    /** Files of a job, for whoever checks that there are none. */
    List<Path> jobFiles() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().equals(BASIS)).toList();
        }
    }

    Path paper(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** The checkpoint of a committed state, if it is the last one that was committed. */
    Optional<String> checkpointOf(String token) throws IOException {
        return basis().filter(line -> line.startsWith(token + ' '))
                .map(line -> line.substring(token.length() + 1));
    }

    /** The checkpoint of the last committed state. */
    Optional<String> checkpoint() throws IOException {
        return basis().map(line -> line.substring(line.indexOf(' ') + 1));
    }

    private Optional<String> basis() throws IOException {
        Path file = folder.resolve(BASIS);
        return Files.isRegularFile(file) && Files.size(file) < 1024
                ? Optional.of(Files.readString(file).strip()).filter(line -> line.contains(" "))
                : Optional.empty();
    }

    void remember(String token, String checkpoint) throws IOException {
        Path made = Files.writeString(folder.resolve("basis.new"), token + ' ' + checkpoint);
        Files.move(made, folder.resolve(BASIS), StandardCopyOption.ATOMIC_MOVE);
    }
}
