package org.standfest.replication.agent;

import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The priority that the standby's policy gives a system, and the one it had before and has again
 * when the policy gives none. What a person sets here meanwhile counts until the standby says
 * another one. Its note says both; while only the own one stands there, a change was begun and
 * perhaps not ended.
 */
final class ToldPriority {

    private static final String OWN = "own";
    private static final String TOLD = "told";

    private final AgentHome home;

    ToldPriority(AgentHome home) {
        this.home = home;
    }

    /**
     * Takes what the standby says.
     *
     * @param told 1 to 9; 0: nothing, so its own counts
     */
    Outcome<Void> take(ProtectedSystem system, int told) {
        Path file = home.toldPriority(system.id());
        String now = Integer.toString(system.plan().priority());
        try {
            Map<String, String> note = PropertiesFile.read(file);
            String before = note.getOrDefault(TOLD, now);
            String own = before.equals(now) ? note.getOrDefault(OWN, now) : now;
            if (told == 0) {
                Outcome<Void> back = save(system, Integer.parseInt(own));
                if (back.isDone()) {
                    Files.deleteIfExists(file);
                }
                return back;
            }
            String said = Integer.toString(told);
            return said.equals(note.get(TOLD))
                    ? Outcome.done()
                    : home.write(file, Map.of(OWN, own))
                            .then(_ -> save(system, told))
                            .then(_ -> home.write(file, Map.of(OWN, own, TOLD, said)));
        } catch (IOException | NumberFormatException fault) {
            return Outcome.failed(AgentHome.TEXTS.explain("agent.cannot-write", file), fault);
        }
    }

    private Outcome<Void> save(ProtectedSystem system, int priority) {
        return priority == system.plan().priority()
                ? Outcome.done()
                : home.save(system.with(system.plan().with(priority)));
    }
}
