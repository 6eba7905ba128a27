package org.standfest.replication.agent;

import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads settings of systems; a fault names file, line, what is wrong and how to mend it. */
final class SettingsFile {

    private SettingsFile() {}

    /** The system of a file. */
    static Outcome<ProtectedSystem> read(Path file) {
        try {
            Map<String, String> properties = PropertiesFile.read(file);
            if (properties.isEmpty()) {
                return Outcome.refused(AgentHome.TEXTS.explain("agent.settings-empty", file));
            }
            try {
                return Outcome.done(SystemSettings.of(properties));
            } catch (SystemSettings.Fault fault) {
                String value = properties.getOrDefault(fault.key(), "");
                return Outcome.refused(
                        explain(file, line(file, fault.key()), fault.key(), value, fault.why()));
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            return Outcome.failed(
                    AgentHome.TEXTS.explain("agent.cannot-read", unreadable.getMessage()),
                    unreadable);
        }
    }

    private static int line(Path file, String key) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).stripLeading();
            String rest = line.startsWith(key) ? line.substring(key.length()).stripLeading() : "";
            if (rest.startsWith("=") || rest.startsWith(":")) {
                return number;
            }
        }
        return 1;
    }

    /** The place from here, what to do from whoever knows the value. */
    private static Explanation explain(
            Path file, int line, String key, String value, Explanation why) {
        List<String> arguments = List.of(file.toString(), Integer.toString(line), key, value);
        return new Explanation(
                "agent.setting-wrong",
                arguments,
                (code, part, given, locale) ->
                        switch (part) {
                            case HAPPENED ->
                                    AgentHome.TEXTS.text(code, part, given, locale)
                                            + " "
                                            + why.happened(locale);
                            case MEANING -> AgentHome.TEXTS.text(code, part, given, locale);
                            case NEXT -> why.next(locale);
                        });
    }
}
