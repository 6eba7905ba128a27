package org.standfest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.management.Action;
import org.standfest.management.Announcement;
import org.standfest.management.PortForward;
import org.standfest.management.StandbyHardware;
import org.standfest.management.SystemSettings;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

class SettingsCommandTest {

    @TempDir Path folder;

    private Outcome<SystemSettings> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("settings.json"), text);
        return SettingsFile.read(file, SystemSettings.DEFAULT);
    }

    @Test
    void whatIsShownCanBeSetAgain() throws IOException {
        SystemSettings settings =
                read("""
                {"primary_test": {"kind": "dns", "host": "192.0.2.53", "port": 53,
                   "question": "www.example.org A", "interval_millis": 5000,
                   "timeout_millis": 2000},
                 "announcement": {
                   "addresses": [{"address": "192.0.2.10", "prefix_length": 24,
                     "network_interface": "eth0"}],
                   "names": [{"server": "192.0.2.53", "port": 53, "zone": "example.org",
                     "name": "www.example.org", "type": "A", "ttl_seconds": 30,
                     "at_home": "192.0.2.10", "in_emergency": "198.51.100.7",
                     "key": "standfest.key", "needed": true}]},
                 "verification": {"text": "daily 03:00"}}
                """)
                        .orThrow();
        assertEquals("www.example.org A", settings.primaryTest().orElseThrow().question());
        assertEquals(1, settings.announcement().names().size());
        assertTrue(settings.verification().scheduled());
        assertEquals(SystemSettings.DEFAULT.startLimitMillis(), settings.startLimitMillis());
        assertEquals(settings, read(SettingsFile.write(settings)).orThrow());
    }

    @Test
    void whatIsNotNamedStays() throws IOException {
        SystemSettings set =
                read("{\"announcement\": {\"addresses\": [], \"names\": []}}").orThrow();
        assertEquals(Announcement.NONE, set.announcement());
        assertEquals(SystemSettings.DEFAULT, set);
    }

    @Test
    void whatIsNotNamedStaysInsideToo() throws IOException {
        StandbyHardware large =
                new StandbyHardware(
                        4,
                        8192,
                        List.of(new PortForward("192.0.2.10", 80, 80)),
                        Map.of("bus", "SCSI"));
        SystemSettings now = SystemSettings.DEFAULT.releasedBySecond(Set.of(Action.UNDO)).on(large);
        Path file = Files.writeString(folder.resolve("s.json"), "{\"hardware\": {\"cpus\": 2}}");
        StandbyHardware set = SettingsFile.read(file, now).orThrow().hardware();
        assertEquals(new StandbyHardware(2, 8192, large.forwards(), large.profile()), set);
        Files.writeString(file, "{\"hardware\": {\"profile\": {\"nicModel\": \"E1000\"}}}");
        SystemSettings other = SettingsFile.read(file, now).orThrow();
        assertEquals(Map.of("nicModel", "E1000"), other.hardware().profile());
        assertEquals(Set.of(Action.UNDO), other.secondPerson());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"primarytest\": null} | settings.member | primarytest",
                "{\"hardware\": {\"cpus\": 1, \"memory\": 2, \"forwards\": []}}"
                        + " | settings.member | hardware.memory",
                "{\"start_limit_millis\": 1} | settings.file | startLimitMillis",
                "{\"verification\": {\"text\": \"weekly\"}} | settings.file | weekly",
                "[] | settings.file | JSON",
                "{\"hardware\": | settings.file | EOF"
            })
    void aSlipOfThePenIsRefusedByItsName(String text, String code, String detail)
            throws IOException {
        Explanation why = read(text).problem().orElseThrow();
        assertEquals(code, why.code());
        assertTrue(why.arguments().get(1).contains(detail), why.arguments().toString());
    }
}
