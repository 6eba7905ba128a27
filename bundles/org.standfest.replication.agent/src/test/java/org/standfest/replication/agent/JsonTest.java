package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;

class JsonTest {

    private static String json(String... words) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            fields.put(words[i], words[i + 1]);
        }
        return Json.object(fields);
    }

    @Test
    void numbersTruthsAndInstantsAreWhatTheirNamesSay() {
        assertEquals(
                "{\"bytes_on_wire\":1184,\"took_millis\":7,\"resumed\":false}",
                json("bytesOnWire", "1184", "durationMillis", "7", "resumed", "false"));
        assertEquals(
                "{\"taken_at\":\"1970-01-01T00:00:01Z\",\"next_due\":\"1970-01-01T00:00:00Z\"}",
                json("takenAtMillis", "1000", "nextDueMillis", "0"));
    }

    @Test
    void aNameThatLooksLikeANumberStaysText() {
        assertEquals("{\"system_id\":\"7\",\"point\":\"12\"}", json("system", "7", "point", "12"));
        assertEquals("{\"problem\":\"true\"}", json("problem", "true"));
        assertEquals("{\"count\":\"many\"}", json("count", "many"));
    }

    @Test
    void namesAreInLowerCaseAndVolumesKeepTheirs() {
        assertEquals(
                "{\"scanned_because.Disk0\":\"no basis\",\"trigger\":\"person\"}",
                json("scannedBecause.Disk0", "no basis", "session.trigger", "PERSON"));
    }
}
