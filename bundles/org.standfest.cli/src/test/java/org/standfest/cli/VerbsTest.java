package org.standfest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.command.Command;
import org.standfest.command.Console;
import org.standfest.command.ExitCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class VerbsTest {

    private static final List<Command> VERBS =
            List.of(
                    new AgentCommand(),
                    new AlarmsCommand(),
                    new CompareCommand(),
                    new EnrolCommand(),
                    new ForecastCommand(),
                    new GroupsCommand(),
                    new InviteCommand(),
                    new PeersCommand(),
                    new PointsCommand(),
                    new PoolCommand(),
                    new ProtectCommand(),
                    new RecoverCommand(),
                    new ReplicateCommand(),
                    new ScheduleCommand(),
                    new SessionsCommand(),
                    new SettingsCommand(),
                    new StandbyProductCommand(),
                    new SystemsCommand());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Locale locale, String... words) {
        out.reset();
        err.reset();
        return new CommandLine(VERBS, print(out), print(err), locale, Path.of("no-such-folder"))
                .run(List.of(words));
    }

    private static Console print(ByteArrayOutputStream bytes) {
        return new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Every verb, and every part of a verb, as it is typed. */
    private static Set<String> all() {
        Set<String> all = new TreeSet<>();
        for (Command verb : VERBS) {
            all.add(verb.verb());
            if (verb instanceof PartedCommand parted) {
                parted.parts().forEach(part -> all.add(verb.verb() + " " + part));
            }
        }
        return all;
    }

    @Test
    void everyVerbAndEveryPartHasHelpInBothLanguages() {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            for (String verb : all()) {
                List<String> words = new ArrayList<>(List.of(verb.split(" ")));
                words.add("--help");
                assertEquals(ExitCode.DONE, run(locale, words.toArray(String[]::new)), verb);
                assertTrue(said().contains("standfest " + verb.split(" ")[0]), verb);
                assertTrue(said().contains(verb.substring(verb.indexOf(' ') + 1)), verb);
                assertFalse(said().contains("!"), () -> verb + " lacks a text: " + said());
            }
        }
    }

    @Test
    void everyDocumentedVerbExistsAndEveryVerbIsDocumented() throws IOException {
        String manual = Files.readString(manual());
        Set<String> documented = new TreeSet<>();
        Matcher heading = Pattern.compile("(?m)^#+ `standfest ([a-z -]+)`").matcher(manual);
        while (heading.find()) {
            documented.add(heading.group(1).strip());
        }
        Set<String> verbs = all();
        verbs.removeIf(verb -> VERBS.stream().anyMatch(one -> parted(one, verb)));
        assertEquals(verbs, documented);
    }

    /** Verbs that other bundles bring have a heading too, and none in this bundle is forgotten. */
    @Test
    void everyVerbOfEveryBundleIsInTheManual() throws IOException {
        String manual = Files.readString(manual());
        Path bundles = manual().getParent().resolveSibling("bundles");
        Set<String> ours =
                VERBS.stream()
                        .map(verb -> verb.getClass().getSimpleName())
                        .collect(Collectors.toCollection(TreeSet::new));
        Pattern verb = Pattern.compile("String verb\\(\\) \\{\\s*return \"([a-z-]+)\";");
        Set<String> found = new TreeSet<>();
        Set<String> components = new TreeSet<>();
        try (Stream<Path> files = Files.walk(bundles)) {
            for (Path file : files.filter(VerbsTest::commandSource).toList()) {
                String source = Files.readString(file);
                String name = file.getFileName().toString().replace(".java", "");
                if (!source.contains("@Component")) {
                    continue;
                }
                if (file.getParent().endsWith("cli")) {
                    components.add(name);
                } else {
                    Matcher matcher = verb.matcher(source);
                    assertTrue(matcher.find(), () -> file + " does not say its verb");
                    found.add(matcher.group(1));
                }
            }
        }
        assertEquals(components, ours, "the verbs that this test knows");
        assertTrue(found.contains("simulate"), found::toString);
        for (String other : found) {
            assertTrue(manual.contains("\n### The verb " + other + "\n"), other);
        }
    }

    private static boolean commandSource(Path file) {
        return file.toString().contains("/src/main/java/")
                && file.getFileName().toString().endsWith("Command.java");
    }

    /** A verb with parts is documented by its parts. */
    private static boolean parted(Command command, String verb) {
        return command instanceof PartedCommand && command.verb().equals(verb);
    }

    static Path manual() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/command-line.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/command-line.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pool",
                "pool nothing",
                "pool show",
                "pool show a b",
                "pool ls --folder x",
                "pool prune a --yes --dry-run --retention",
                "alarms acknowledge",
                "schedule set a",
                "groups define g",
                "compare",
                "forecast a b",
                "sessions a --last many",
                "sessions a --last 1001",
            })
    void whatDoesNotFitIsAUsageErrorBeforeAnybodyIsAsked(String line) {
        assertEquals(ExitCode.USAGE, run(Locale.ENGLISH, line.split(" ")));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("standfest "));
        assertEquals("", said());
    }

    @Test
    void aWrongOptionShowsTheUseOfThatPartAlone() {
        run(Locale.ENGLISH, "pool", "policy", "a", "--bogus");
        String told = err.toString(StandardCharsets.UTF_8);
        assertTrue(told.contains("standfest pool policy SYSTEM"), told);
        assertFalse(told.contains("standfest pool ls"), told);
    }

    @Test
    void lengthsOfTimeHaveNoEmptyParts() {
        assertEquals("7 d", Shown.duration(Duration.ofDays(7), Locale.ENGLISH));
        assertEquals("7 T 1 h", Shown.duration(Duration.ofHours(169), Locale.GERMAN));
        assertEquals("1 h", Shown.duration(Duration.ofHours(1), Locale.ENGLISH));
        assertEquals("15 min", Shown.duration(Duration.ofMinutes(15), Locale.ENGLISH));
        assertEquals("15 min 2 s", Shown.duration(Duration.ofSeconds(902), Locale.ENGLISH));
    }

    @Test
    void withoutAnIdentityEveryVerbSaysWhatToDoNext() {
        assertEquals(ExitCode.REFUSED, run(Locale.ENGLISH, "pool", "ls"));
        assertTrue(err.toString(StandardCharsets.UTF_8).lines().count() >= 3);
        assertEquals(ExitCode.REFUSED, run(Locale.ENGLISH, "pool", "ls", "--json"));
        assertTrue(said().contains("\"next\""), this::said);
    }

    @Test
    void bothCatalogsHaveTheSameKeys() throws IOException {
        assertEquals(keys("messages.properties"), keys("messages_de.properties"));
    }

    private static Set<Object> keys(String file) throws IOException {
        Properties properties = new Properties();
        try (var in = VerbsTest.class.getResourceAsStream(file)) {
            properties.load(in);
        }
        return new TreeSet<>(properties.keySet());
    }
}
