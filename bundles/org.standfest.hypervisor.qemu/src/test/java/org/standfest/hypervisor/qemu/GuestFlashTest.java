package org.standfest.hypervisor.qemu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.FirmwareMemory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Answers as QEMU 7.2 gave them, recorded; the real one is in the engine tests. */
class GuestFlashTest {

    @TempDir Path folder;

    private Map<String, byte[]> read(String device, String format, Path file) {
        String answer =
                """
                [{"device": "", "inserted": {"drv": "raw", "ro": true, "file": "/code.fd"},
                  "qdev": "/machine/system.flash0"},
                 {"device": "pflash1", "inserted": {"drv": "%s", "ro": false, "file": "%s"},
                  "qdev": "/machine/%s"}]
                """;
        return GuestFlash.in(
                JsonParser.parseString(answer.formatted(format, file, device)).getAsJsonArray());
    }

    @Test
    void secondFlashIsWhatTheFirmwareRemembers() throws IOException {
        Path file = Files.writeString(folder.resolve("vars.fd"), "remembered");
        Map<String, byte[]> found = read("system.flash1", "raw", file);
        assertEquals(Set.of(FirmwareMemory.ATTACHMENT), found.keySet());
        assertArrayEquals(Files.readAllBytes(file), found.get(FirmwareMemory.ATTACHMENT));
        assertEquals(Map.of(), read("peripheral/device-system/virtio-backend", "raw", file));
        assertEquals(Map.of(), read("system.flash1", "qcow2", file));
    }

    @Test
    void whatCannotBeTakenAlongIsLeftAndTheImageTravelsAllTheSame() throws IOException {
        assertEquals(Map.of(), read("system.flash1", "raw", folder.resolve("none")));
        assertEquals(Map.of(), read("system.flash1", "raw", folder));
        assertEquals(Map.of(), read("system.flash1", "raw", Path.of("vars.fd")));
        Path large = folder.resolve("large.fd");
        Files.write(large, new byte[FirmwareMemory.MAX_BYTES + 1]);
        assertEquals(Map.of(), read("system.flash1", "raw", large));
    }
}
