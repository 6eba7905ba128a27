package org.standfest.hypervisor.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class PrivateFolderTest {

    @TempDir Path folder;

    @Test
    void isMadeForThisUserAloneAlsoWhenItWasOpenBefore() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        for (Path one : new Path[] {open, folder.resolve("a/b/new")}) {
            PrivateFolder.ensure(one);
            assertEquals(
                    "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
        }
    }

    @Test
    void aLinkOrAFileInItsPlaceIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        Path file = Files.createFile(folder.resolve("file"));
        assertThrows(IOException.class, () -> PrivateFolder.ensure(link));
        assertThrows(IOException.class, () -> PrivateFolder.ensure(file));
    }
}
