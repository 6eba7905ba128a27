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
        // Changing the mode fails for a folder of somebody else, which is what must be found out.
        Files.setPosixFilePermissions(folder, OWNER_ONLY);
        return folder;
    }
}
