package org.standfest.hypervisor.qemu;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders that nobody else may enter: whoever reaches a control socket owns the machine. */
final class PrivateFolder {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    /** Belongs to the user this process runs as. */
    private static final Path PROCESS = Path.of("/proc/self");

    private PrivateFolder() {}

    /**
     * Makes sure that a folder exists and is this user's alone.
     *
     * @throws IOException it cannot be made, or it is a link, or it belongs to somebody else
     */
    static Path ensure(Path folder) throws IOException {
        if (folder.getParent() != null) {
            Files.createDirectories(folder.getParent());
        }
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            return folder;
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(folder + " is not a folder", there);
            }
        }
        // Changing the mode fails for a folder of somebody else, unless this is the superuser: who
        // made the folder beforehand would own the sockets in it.
        if (!Files.getOwner(folder).equals(Files.getOwner(PROCESS))
                && everybodyMayCreateIn(folder.getParent())) {
            throw new IOException(folder + " belongs to somebody else");
        }
        Files.setPosixFilePermissions(folder, OWNER_ONLY);
        return folder;
    }

    private static boolean everybodyMayCreateIn(Path parent) throws IOException {
        return Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_WRITE);
    }
}
