package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The program on the standby's machine: its verbs, its words, its life. */
class StandbyMainTest {

    private static final Partners NOBODY = Partners.of(List.of(), List.of(), List.of(), List.of());

    @TempDir Path folder;

    @Test
    void commandsOnItsOwnMachineNeedNoCode() throws Exception {
        StandbyMain main = new StandbyMain(NOBODY, Locale.ENGLISH, _ -> null, _ -> {});
        String home = folder.resolve("home").toString();
        StandbySettings settings = new StandbySettings(Path.of(home), "127.0.0.1", 0);
        StandbyServer server = StandbyServer.start(settings, NOBODY).orThrow();
        try {
            assertEquals(0, run(main, "status", "--home", home, "--json"));
            assertEquals(0, run(main, "invite", "agent", "townhall", "--home", home));
            assertEquals(2, run(main, "invite", "nobody", "townhall", "--home", home));
            assertEquals(2, run(main));
            assertEquals(2, run(main, "run", "--port", "99999"));
            assertEquals(1, run(main, "run", "--home", home, "--port", "0", "--bind", "127.0.0.1"));
            assertEquals(
                    Integer.toString(server.address().getPort()),
                    Files.readString(folder.resolve("home/port")).strip());
        } finally {
            server.stop(false);
        }
    }

    @Test
    void everyVerbExplainsItselfInBothLanguages() {
        List<List<String>> asked = new ArrayList<>(List.of(List.of("help"), List.of("--help")));
        for (String verb : List.of("run", "invite", "status")) {
            asked.add(List.of(verb, "--help"));
            asked.add(List.of("help", verb));
        }
        for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            StandbyMain main = new StandbyMain(NOBODY, language, _ -> null, _ -> {});
            for (List<String> words : asked) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                ByteArrayOutputStream err = new ByteArrayOutputStream();
                assertEquals(0, main.run(words, new PrintStream(out), new PrintStream(err)));
                assertEquals(0, err.size());
                String text = out.toString(StandardCharsets.UTF_8);
                String verb =
                        words.stream()
                                .filter(word -> word.matches("[irs].*"))
                                .findFirst()
                                .orElse("");
                assertTrue(
                        text.startsWith(language == Locale.GERMAN ? "Aufruf: " : "Usage: "), text);
                assertTrue(text.contains("standfest-standby " + verb), text);
                assertEquals(
                        verb.isEmpty(), text.contains("--port") && text.contains("--role"), text);
            }
        }
    }

    private static int run(StandbyMain main, String... arguments) {
        PrintStream sink =
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return main.run(List.of(arguments), sink, sink);
    }

    @Test
    void theCommandRunsUntilItIsToldToEndAndSaysWhereItListens() throws Exception {
        List<Runnable> ends = new CopyOnWriteArrayList<>();
        StandbyMain main = new StandbyMain(NOBODY, Locale.ENGLISH, _ -> null, ends::add);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String home = folder.resolve("other").toString();
        List<String> arguments =
                List.of("run", "--home", home, "--port", "0", "--bind", "127.0.0.1", "--json");
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        AtomicInteger code = new AtomicInteger(-1);
        Thread running = Thread.ofPlatform().start(() -> code.set(main.run(arguments, out, out)));
        while (!said.toString(StandardCharsets.UTF_8).contains("\n")) {
            assertFalse(running.join(Duration.ofMillis(20)), said::toString);
        }
        assertEquals(0, run(main, "status", "--home", home));
        ends.forEach(Runnable::run);
        assertTrue(running.join(Duration.ofSeconds(90)));
        assertEquals(0, code.get());
        assertFalse(Files.exists(folder.resolve("other/port")));
    }

    @Test
    void bothCatalogsHaveTheSameKeys() throws Exception {
        assertEquals(keys("messages.properties"), keys("messages_de.properties"));
    }

    private static Object keys(String file) throws Exception {
        Properties properties = new Properties();
        try (var in = StandbyServer.class.getResourceAsStream(file)) {
            properties.load(in);
        }
        return new TreeSet<>(properties.keySet());
    }
}
