package org.standfest.replication.agent;

import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a command line reaches the resident agent of the same folder: it leaves an order as a small
 * file and waits for the answer as another. Who may write into the folder may order anyway. Safe
 * for any thread and several processes.
 */
final class Orders {

    private static final String ORDER = ".order";
    private static final String ANSWER = ".answer";
    private static final int MOST = 256;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration STALE = Duration.ofDays(1);

    private final Path folder;
    private final InstantSource clock;

    Orders(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    record Order(String id, String verb, String systemId, Map<String, String> arguments) {}

    /** Leaves an order; the id names its answer. */
    Outcome<String> leave(String id, String verb, String systemId, Map<String, String> arguments) {
        Map<String, String> properties = new HashMap<>();
        arguments.forEach((key, value) -> properties.put("argument." + key, value));
        properties.put("verb", verb);
        properties.put("system", systemId);
        properties.put("at", Long.toString(clock.millis()));
        try {
            PropertiesFile.write(folder.resolve(id + ORDER), properties);
            return Outcome.done(id);
        } catch (IOException fault) {
            return Outcome.failed(AgentHome.TEXTS.explain("agent.cannot-write", folder), fault);
        }
    }

    /** Waits for the answer, as long as somebody is there to give it. */
    Outcome<Map<String, String>> await(String id, Pause pause, AgentHome home) {
        Path answer = folder.resolve(id + ANSWER);
        while (pause.goOnAfter(LOOK)) {
            try {
                if (Files.exists(answer)) {
                    Map<String, String> properties = PropertiesFile.read(answer);
                    Files.delete(answer);
                    return Results.of(properties);
                }
            } catch (IOException fault) {
                return Outcome.failed(AgentHome.TEXTS.explain("agent.cannot-read", answer), fault);
            }
            if (!home.resident()) {
                take();
                return Outcome.failed(AgentHome.TEXTS.explain("agent.ended-meanwhile"));
            }
        }
        return Outcome.failed(AgentHome.TEXTS.explain("agent.ended-meanwhile"));
    }

    /** Takes all orders; each is handed out once. Those of a day ago nobody waits for any more. */
    List<Order> take() {
        List<Order> orders = new ArrayList<>();
        for (Path file : files(ORDER)) {
            try {
                Map<String, String> properties = PropertiesFile.read(file);
                Files.delete(file);
                long at = Long.parseLong(properties.getOrDefault("at", "0"));
                if (clock.millis() - at < STALE.toMillis()) {
                    String name = file.getFileName().toString();
                    orders.add(
                            new Order(
                                    name.substring(0, name.length() - ORDER.length()),
                                    properties.getOrDefault("verb", ""),
                                    properties.getOrDefault("system", ""),
                                    SystemSettings.below(properties, "argument.")));
                }
            } catch (IOException | NumberFormatException _) {
                remove(file);
            }
        }
        return orders;
    }

    void answer(String id, Outcome<Map<String, String>> result) {
        Path answer = folder.resolve(id + ANSWER);
        try {
            PropertiesFile.write(answer, Results.properties(result));
        } catch (IOException _) {
            // Whoever waits is told by the end of the agent, or waits on; the work is done.
            return;
        }
    }

    /** Removes answers that nobody fetched. */
    void tidy() {
        files(ANSWER).forEach(Orders::remove);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // It is tried again at the next start.
            return;
        }
    }

    private List<Path> files(String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .limit(MOST)
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /** A name for an order. */
    static Optional<String> valid(String id) {
        return Optional.of(id).filter(text -> text.matches("[a-z0-9-]{1,64}"));
    }
}
