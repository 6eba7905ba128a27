package org.standfest.hypervisor.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.SourceFacts;
import org.standfest.replication.source.VolumeSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Against a stand-in for qemu-guest-agent that speaks as its protocol says. */
class GuestHoldTest {

    @TempDir Path folder;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean frozen;
    private volatile String refuses = "";

    private void agent(InputStream in, OutputStream out) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String json = line.substring(line.lastIndexOf('\u00FF') + 1);
            JsonObject command = JsonParser.parseString(json).getAsJsonObject();
            String name = command.get("execute").getAsString();
            asked.add(name);
            String answer;
            if (name.equals(refuses)) {
                answer = "{\"error\": {\"class\": \"GenericError\", \"desc\": \"not now\"}}";
            } else {
                answer =
                        switch (name) {
                            // An old answer to somebody else comes first.
                            case "guest-sync-delimited" ->
                                    "{\"return\": 4711}\n\u00FF{\"return\": "
                                            + command.getAsJsonObject("arguments").get("id")
                                            + "}";
                            case "guest-fsfreeze-freeze" -> {
                                frozen = true;
                                yield "{\"return\": 2}";
                            }
                            case "guest-fsfreeze-thaw" -> {
                                frozen = false;
                                yield "{\"return\": 2}";
                            }
                            default -> "{\"return\": \"" + (frozen ? "frozen" : "thawed") + "\"}";
                        };
            }
            out.write((answer + "\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    private List<VolumeSource> volumes(Path socket) {
        return List.of(
                new VolumeSource(
                        "v",
                        VolumeKind.DISK,
                        "qmp",
                        "/x#y",
                        Map.of(QmpSnapshotProvider.GUEST_AGENT, socket.toString())));
    }

    @Test
    void holdsAndLetsGo() throws IOException {
        Path socket = folder.resolve("qga");
        Map<String, String> facts = new HashMap<>();
        try (FakePeer _ = new FakePeer(socket, this::agent)) {
            try (GuestHold hold = GuestHold.of(volumes(socket), facts)) {
                assertTrue(hold.held());
                assertTrue(frozen);
            }
            assertFalse(frozen);
        }
        assertEquals("held 2 file systems", facts.get("guestAgent"));
    }

    @Test
    void anAgentThatRefusesIsToldAndNothingStaysHeld() throws IOException {
        Path socket = folder.resolve("qga");
        refuses = "guest-fsfreeze-freeze";
        frozen = true;
        Map<String, String> facts = new HashMap<>();
        try (FakePeer _ = new FakePeer(socket, this::agent);
                GuestHold hold = GuestHold.of(volumes(socket), facts)) {
            assertFalse(hold.held());
            assertFalse(frozen, "half a freeze is undone");
        }
        assertTrue(facts.get("guestAgent").contains("not now"));
    }

    @Test
    void withoutAnAgentTheViewIsTakenAllTheSame() {
        Map<String, String> facts = new HashMap<>();
        try (GuestHold hold = GuestHold.of(volumes(folder.resolve("nobody")), facts)) {
            assertFalse(hold.held());
        }
        assertTrue(facts.containsKey("guestAgent"));
        try (GuestHold none = GuestHold.of(List.of(), facts)) {
            assertFalse(none.held());
        }
    }

    @Test
    void letsGoWhatAKilledProcessLeft() throws IOException {
        Path socket = folder.resolve("qga");
        frozen = true;
        try (FakePeer _ = new FakePeer(socket, this::agent)) {
            GuestHold.thawLeftOvers(volumes(socket));
        }
        assertFalse(frozen);
    }

    @Test
    void aThawThatIsRefusedIsTriedOnANewLineAndTold() throws IOException {
        Path socket = folder.resolve("qga");
        Map<String, String> facts = new HashMap<>();
        try (FakePeer _ = new FakePeer(socket, this::agent)) {
            try (GuestHold hold = GuestHold.of(volumes(socket), facts)) {
                assertTrue(hold.held());
                refuses = "guest-fsfreeze-thaw";
            }
        }
        assertTrue(facts.containsKey(SourceFacts.THAW_PROBLEM));
        assertEquals(2, Collections.frequency(asked, "guest-fsfreeze-thaw"));
    }
}
