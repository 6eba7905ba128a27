package org.standfest.standby;

import org.standfest.recovery.DurableFile;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where everything of a standby lies.
 *
 * @param folder the home folder
 */
record StandbyHome(Path folder) {

    /** Makes the path absolute. */
    StandbyHome {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Creates the folder so that nobody else can read it. */
    void create() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    Path lock() {
        return folder.resolve("lock");
    }

    Path trust() {
        return folder.resolve("trust");
    }

    Path pool() {
        return folder.resolve("pool");
    }

    Path systems() {
        return folder.resolve("systems");
    }

    Path system(String systemId) {
        return systems().resolve(systemId);
    }

    Path machine(String systemId, String machine) {
        return system(systemId).resolve("emergency").resolve(machine);
    }

    /** The identity of this standby at a second one, if there is one. */
    Path second() {
        return folder.resolve("second");
    }

    /** What the second standby is known to have of a system. */
    Path pointsOfSecond(String poolId) {
        return folder.resolve("second-points").resolve(poolId);
    }

    Path journal() {
        return folder.resolve("journal.jsonl");
    }

    /** The port that is listened on; there only while it is. */
    Path port() {
        return folder.resolve("port");
    }

    /** Writes the port where commands on this machine look for it. */
    Outcome<Void> tellPort(int port) {
        try {
            DurableFile.write(port(), (port + "\n").getBytes(StandardCharsets.US_ASCII));
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-write", fault.getMessage()), fault);
        }
    }

    /** The code for the first operator; gone when it was used. */
    Path firstOperatorCode() {
        return folder.resolve("first-operator-code");
    }

    /** The identity with which commands on this machine reach the running standby. */
    Path localOperator() {
        return folder.resolve("local-operator");
    }
}
