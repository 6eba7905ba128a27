package org.standfest.standby;

import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Small files that only their owner may read. */
final class PrivateFiles {

    private PrivateFiles() {}

    /** Writes a file in place of one that may be there; nobody else can read it at any moment. */
    static Outcome<Void> write(Path file, String text) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] onlyOwner =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, onlyOwner);
            Files.writeString(
                    file, text, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-write", fault.getMessage()), fault);
        }
    }

    /** Removes a file; a file that cannot be removed stays. */
    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // a stale file harms nobody: readers try the port
            return;
        }
    }
}
