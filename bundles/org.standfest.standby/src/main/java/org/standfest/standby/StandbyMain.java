package org.standfest.standby;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;

import org.standfest.management.Invitation;
import org.standfest.management.OperatorAccess;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.management.StandbyFacts;
import org.standfest.management.SystemStatus;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command line of the standby: {@code run}, {@code invite}, {@code status}, {@code second}.
 * Exit codes: 0 done, 1 refused, 2 wrong usage, 3 failed.
 */
public final class StandbyMain {

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int USAGE = 2;
    private static final int FAILED = 3;
    private static final Set<String> OPTIONS =
            Set.of("home", "port", "bind", "role", "systems", "name");
    private static final Pattern ADDRESS = Pattern.compile("([^-\\s:][^\\s:]{0,252}):(\\d{1,5})");

    private final Partners partners;
    private final Locale language;
    private final Function<String, String> environment;
    private final Consumer<Runnable> atExit;
    private static final List<String> VERBS = List.of("run", "invite", "status", "second");
    private static final Set<String> HELP = Set.of("help", "--help", "-h");

    /** As every other verb of Standfest writes it. */
    private final Gson gson =
            new GsonBuilder()
                    .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
                    .registerTypeAdapter(
                            Instant.class,
                            (JsonSerializer<Instant>)
                                    (at, _, _) -> new JsonPrimitive(at.toString()))
                    .registerTypeAdapter(
                            Optional.class,
                            (JsonSerializer<Optional<?>>)
                                    (value, _, context) -> context.serialize(value.orElse(null)))
                    .disableHtmlEscaping()
                    .create();

    /**
     * @param partners what the standby works with
     * @param language language of all texts
     * @param environment looks environment variables up; {@code null} for one that is not set
     * @param atExit takes what must be done before the process ends by a signal
     */
    public StandbyMain(
            Partners partners,
            Locale language,
            Function<String, String> environment,
            Consumer<Runnable> atExit) {
        this.partners = partners;
        this.language = language;
        this.environment = environment;
        this.atExit = atExit;
    }

    /** What was typed. */
    private record Line(List<String> words, Map<String, String> options, boolean json) {

        String option(String name, String otherwise) {
            return options.getOrDefault(name, otherwise);
        }
    }

    /**
     * Runs one verb; {@code run} returns when the standby has ended.
     *
     * @param arguments the verb and its arguments
     * @param out where results go
     * @param err where problems go
     * @return the exit code
     */
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.stream().anyMatch(HELP::contains)) {
            out.println(help(arguments));
            return DONE;
        }
        Optional<Line> parsed = parse(arguments);
        if (parsed.isEmpty() || parsed.get().words().isEmpty()) {
            err.println(StandbyTexts.text(language, "usage"));
            return USAGE;
        }
        Line line = parsed.get();
        List<String> words = line.words();
        int expected = List.of("invite", "second").contains(words.getFirst()) ? 3 : 1;
        String verb = words.size() == expected ? words.getFirst() : "";
        return switch (verb) {
            case "run" -> serve(line, out, err);
            case "invite" -> invite(line, out, err);
            case "status" -> status(line, out, err);
            case "second" -> second(line, out, err);
            default -> {
                err.println(StandbyTexts.text(language, "usage"));
                yield USAGE;
            }
        };
    }

    /** {@code help}, {@code help VERB} or {@code VERB --help}. */
    private String help(List<String> arguments) {
        Optional<String> verb = arguments.stream().filter(VERBS::contains).findFirst();
        return StandbyTexts.text(language, verb.map(one -> "usage." + one).orElse("usage"));
    }

    private static Optional<Line> parse(List<String> arguments) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        boolean json = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--json")) {
                json = true;
            } else if (argument.startsWith("--")) {
                String name = argument.substring(2);
                i++;
                if (!OPTIONS.contains(name) || i >= arguments.size()) {
                    return Optional.empty();
                }
                options.put(name, arguments.get(i));
            } else {
                words.add(argument);
            }
        }
        return Optional.of(new Line(words, options, json));
    }

    private Path home(Line line) {
        String named = line.option("home", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        String standfest = environment.apply("STANDFEST_HOME");
        return standfest != null && !standfest.isBlank()
                ? Path.of(standfest).resolve("standby")
                : Path.of(String.valueOf(environment.apply("HOME")), ".standfest", "standby");
    }

    private int serve(Line line, PrintStream out, PrintStream err) {
        int port;
        try {
            port = Integer.parseInt(line.option("port", "7443"));
            if (port < 0 || port > 65_535) {
                throw new NumberFormatException();
            }
        } catch (NumberFormatException _) {
            err.println(StandbyTexts.text(language, "usage"));
            return USAGE;
        }
        StandbySettings settings =
                new StandbySettings(home(line), line.option("bind", "0.0.0.0"), port);
        Outcome<StandbyServer> started = StandbyServer.start(settings, partners);
        if (!(started instanceof Outcome.Done<StandbyServer>(StandbyServer server))) {
            return problem(started, line.json(), out, err);
        }
        atExit.accept(() -> server.stop(false));
        greet(line, settings, server, out);
        try {
            server.awaitEnd();
            return DONE;
        } catch (InterruptedException _) {
            server.stop(false);
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private void greet(Line line, StandbySettings settings, StandbyServer server, PrintStream out) {
        String address = server.address().getHostString() + ":" + server.address().getPort();
        Path code = new StandbyHome(settings.home()).firstOperatorCode();
        if (line.json()) {
            JsonObject object = new JsonObject();
            object.addProperty("standby", server.id());
            object.addProperty("address", address);
            object.addProperty("home", settings.home().toString());
            out.println(gson.toJson(object));
        } else {
            out.println(StandbyTexts.text(language, "listening", server.id(), address));
            if (Files.exists(code)) {
                out.println(StandbyTexts.text(language, "first-code", code));
            }
        }
        out.flush();
    }

    private int invite(Line line, PrintStream out, PrintStream err) {
        String whom = line.words().get(1);
        String name = line.words().get(2);
        List<String> systems =
                Stream.of(line.option("systems", "").split(","))
                        .filter(system -> !system.isBlank())
                        .toList();
        Optional<Role> role = role(line.option("role", "see"));
        if (role.isEmpty() || !Set.of("agent", "operator").contains(whom)) {
            err.println(StandbyTexts.text(language, "usage"));
            return USAGE;
        }
        return asked(
                line,
                out,
                err,
                standby ->
                        whom.equals("agent")
                                ? standby.inviteAgent(name, systems)
                                : standby.inviteOperator(name, role.get()),
                (Invitation invitation) ->
                        out.println(line.json() ? gson.toJson(invitation) : invitation.code()));
    }

    private static Optional<Role> role(String typed) {
        return List.of(Role.values()).stream()
                .filter(role -> role.name().equalsIgnoreCase(typed))
                .findFirst();
    }

    /** Makes this standby known to a second one; a running one finds it at its next point. */
    private int second(Line line, PrintStream out, PrintStream err) {
        Matcher address = ADDRESS.matcher(line.words().get(1));
        if (!address.matches()) {
            err.println(StandbyTexts.text(language, "usage"));
            return USAGE;
        }
        SecondStandby second = SecondStandby.of(new StandbyHome(home(line)), new LocalPoolFiles());
        String host = address.group(1);
        Outcome<String> joined =
                second.join(
                        host,
                        Integer.parseInt(address.group(2)),
                        line.words().get(2),
                        line.option("name", "standby"),
                        language);
        if (!(joined instanceof Outcome.Done<String>(String id))) {
            return problem(joined, line.json(), out, err);
        }
        out.println(
                line.json()
                        ? gson.toJson(Map.of("id", id, "second", line.words().get(1)))
                        : StandbyTexts.text(language, "joined", line.words().get(1), id));
        return DONE;
    }

    /** Facts and systems together, for {@code status}. */
    private record Overview(StandbyFacts standby, List<SystemStatus> systems) {}

    private int status(Line line, PrintStream out, PrintStream err) {
        return asked(
                line,
                out,
                err,
                standby ->
                        standby.facts()
                                .then(
                                        facts ->
                                                standby.systems()
                                                        .map(
                                                                systems ->
                                                                        new Overview(
                                                                                facts, systems))),
                overview -> {
                    if (line.json()) {
                        out.println(gson.toJson(overview));
                        return;
                    }
                    out.println(
                            StandbyTexts.text(
                                    language,
                                    "status",
                                    overview.standby().name(),
                                    overview.systems().size()));
                    overview.systems()
                            .forEach(
                                    system ->
                                            out.println(
                                                    "  "
                                                            + system.name()
                                                            + ": "
                                                            + system.state().text(language)));
                });
    }

    private <T> int asked(
            Line line,
            PrintStream out,
            PrintStream err,
            Function<StandbyClient, Outcome<T>> question,
            Consumer<T> answer) {
        Path identity = new StandbyHome(home(line)).localOperator();
        Outcome<T> outcome =
                new OperatorAccess(identity, language)
                        .open()
                        .then(
                                opened -> {
                                    try (StandbyClient standby = opened) {
                                        return question.apply(standby);
                                    }
                                });
        if (outcome instanceof Outcome.Done<T>(T value)) {
            answer.accept(value);
            return DONE;
        }
        return problem(outcome, line.json(), out, err);
    }

    private int problem(Outcome<?> outcome, boolean json, PrintStream out, PrintStream err) {
        Explanation why = outcome.problem().orElseThrow();
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("code", why.code());
            object.addProperty("happened", why.happened(language));
            object.addProperty("meaning", why.meaning(language));
            object.addProperty("next", why.next(language));
            out.println(gson.toJson(object));
        } else {
            err.println(why.happened(language));
            err.println(why.meaning(language));
            err.println(why.next(language));
        }
        return outcome instanceof Outcome.Refused ? REFUSED : FAILED;
    }
}
