package org.standfest.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

/** What would only be found wrong in the emergency is refused when it is set. */
class SettingsRangesTest {

    @ParameterizedTest
    @CsvSource({
        "bus, SATA",
        "nicModel, RTL8139",
        "firmware, COREBOOT",
        "hypervisor, -c",
        "hypervisor, ''",
        "colour, BLUE"
    })
    void hardwareThatNoHypervisorHasIsRefused(String name, String value) {
        Map<String, String> profile = Map.of(name, value);
        assertThrows(
                IllegalArgumentException.class,
                () -> new StandbyHardware(0, 0, List.of(), profile));
    }

    @Test
    void hardwareThatThereIsIsTakenInAnyCaseOfLetters() {
        Map<String, String> profile =
                Map.of(
                        "bus", "scsi",
                        "nicModel", "E1000",
                        "firmware", "uefi",
                        "hypervisor", "libvirt");
        assertEquals(profile, new StandbyHardware(0, 0, List.of(), profile).profile());
    }

    private static PositiveTest test(String kind, String host, String question) {
        return new PositiveTest(kind, host, 80, question, 1_000, 1_000);
    }

    @Test
    void aPageWithoutItsSlashIsRefusedBecauseTheStartPageWouldAnswerForIt() {
        assertThrows(IllegalArgumentException.class, () -> test("http", "192.0.2.10", "health"));
        assertTrue(test("http", "192.0.2.10", "/health").web());
        assertTrue(test("http", "192.0.2.10", "").web());
        assertTrue(!test("smtp", "192.0.2.10", "/health").web());
    }

    @Test
    void aHostThatACommandWouldTakeForAnOptionIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> test("tcp", "-x", ""));
        assertThrows(IllegalArgumentException.class, () -> test("tcp", "h".repeat(254), ""));
    }
}
