package org.standfest.hypervisor.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

class QmpClientTest {

    private static final String GREETING =
            "{\"QMP\": {\"version\": {}, \"capabilities\": [\"oob\"]}}\n";

    /** Never waited for where all goes well. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofMillis(700);

    @TempDir Path folder;
    private Path socket;

    @BeforeEach
    void place() {
        socket = folder.resolve("qmp");
    }

    /** Greets, agrees, and answers each command with what the function makes of it. */
    private FakePeer peer(Function<JsonObject, String> answers) throws IOException {
        return new FakePeer(
                socket,
                (in, out) -> {
                    write(out, GREETING);
                    BufferedReader reader =
                            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                        JsonObject command = JsonParser.parseString(line).getAsJsonObject();
                        boolean first =
                                command.get("execute").getAsString().equals("qmp_capabilities");
                        write(out, first ? result(command, "{}") : answers.apply(command));
                    }
                });
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String result(JsonObject command, String value) {
        return "{\"return\": " + value + ", \"id\": " + command.get("id") + "}\n";
    }

    private QmpClient connect() throws IOException {
        return new QmpClient(socket, LIMIT);
    }

    @Test
    void answersAreFoundAmongEventsAndStrangeAnswers() throws IOException {
        String noise =
                "{\"event\": \"STOP\", \"timestamp\": {}}\n"
                        + "{\"return\": 1, \"id\": \"other\"}\n"
                        + "{\"return\": 2}\n";
        try (FakePeer _ = peer(command -> noise + result(command, "42"));
                QmpClient qmp = connect()) {
            assertEquals(42, qmp.execute("query").getAsInt());
            assertTrue(qmp.await(event -> QmpClient.name(event).equals("STOP"), LIMIT).isPresent());
            assertTrue(
                    qmp.await(event -> QmpClient.name(event).equals("STOP"), Duration.ofMillis(50))
                            .isEmpty());
        }
    }

    @Test
    void aRefusalSaysWhatQemuSaid() throws IOException {
        String error =
                "{\"error\": {\"class\": \"GenericError\", \"desc\": \"no such node\"}, \"id\": ";
        try (FakePeer _ = peer(command -> error + command.get("id") + "}\n");
                QmpClient qmp = connect()) {
            QmpException refusal =
                    assertThrows(QmpException.class, () -> qmp.execute("blockdev-del"));
            assertEquals("blockdev-del: no such node", refusal.getMessage());
        }
    }

    @Test
    void commandsHandedOverTogetherAreAllAnsweredAndTheFirstRefusalIsTold() throws IOException {
        try (FakePeer _ =
                        peer(
                                command ->
                                        command.get("execute").getAsString().equals("bad")
                                                ? "{\"error\": {\"desc\": \"no\"}, \"id\": "
                                                        + command.get("id")
                                                        + "}\n"
                                                : result(command, "{}"));
                QmpClient qmp = connect()) {
            var commands =
                    Json.array(
                            Json.object("execute", "stop"),
                            Json.object("execute", "bad"),
                            Json.object("execute", "cont"));
            assertEquals(
                    "bad: no",
                    assertThrows(QmpException.class, () -> qmp.executeAll(commands)).getMessage());
            assertTrue(qmp.execute("query").isJsonObject());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json\n",
                "[1,2]\n",
                "{\"hello\": 1}\n",
                "{\"QMP\": \n",
                "{'QMP': 1}\n",
                "\n",
                "\u0000\u0001\u0002\n",
                "HTTP/1.1 400 Bad Request\r\n"
            })
    void aPeerThatIsNotQemuIsAnError(String greeting) throws IOException {
        try (FakePeer _ = new FakePeer(socket, (in, out) -> write(out, greeting))) {
            assertThrows(IOException.class, this::connect);
        }
    }

    @Test
    void deepNestingIsAnErrorAndNoStackOverflow() throws IOException {
        try (FakePeer _ =
                new FakePeer(socket, (in, out) -> write(out, "[".repeat(100_000) + "\n"))) {
            assertThrows(IOException.class, this::connect);
        }
    }

    @Test
    void anEndlessLineStopsAtTheLimit() throws IOException {
        try (FakePeer _ =
                new FakePeer(
                        socket,
                        (in, out) -> {
                            byte[] piece = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
                            while (true) {
                                out.write(piece);
                            }
                        })) {
            assertThrows(IOException.class, () -> new QmpClient(socket, LIMIT));
        }
    }

    @Test
    void endlessEventsDoNotHideAMissingAnswerForEver() throws IOException {
        try (FakePeer _ = peer(command -> "{\"event\": \"NOISE\"}\n".repeat(20_000));
                QmpClient qmp = connect()) {
            assertThrows(IOException.class, () -> qmp.execute("query"));
        }
    }

    @Test
    void aSilentPeerEndsAtTheLimit() throws IOException {
        try (FakePeer _ = new FakePeer(socket, (in, out) -> Thread.sleep(60_000))) {
            long start = System.nanoTime();
            assertThrows(TimedChannel.SlowPeerException.class, () -> new QmpClient(socket, SHORT));
            assertTrue(System.nanoTime() - start < LIMIT.toNanos());
        }
    }

    @Test
    void aPeerThatDiesInTheMiddleIsAnError() throws IOException {
        try (FakePeer _ =
                new FakePeer(socket, (in, out) -> write(out, GREETING.substring(0, 20)))) {
            assertThrows(IOException.class, this::connect);
        }
    }

    @Test
    void noSocketAndNobodyListeningAreErrors() throws IOException {
        assertThrows(IOException.class, this::connect);
        new FakePeer(socket, (in, out) -> {}).close();
        assertThrows(IOException.class, this::connect);
    }
}
