package org.standfest.replication.agent;

import org.standfest.replication.engine.EnrolClient;
import org.standfest.replication.engine.PlainDisks;
import org.standfest.replication.engine.PlainTrees;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The agent's verbs: {@code run}, {@code enrol}, {@code protect}, {@code forget}, {@code status}.
 * Exit codes: 0 done, 1 refused, 2 usage, 3 failed. For one thread.
 */
public final class AgentCommandLine {

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int FAILED = 3;

    private final AgentSettings settings;
    private final Map<String, String> environment;
    private final Locale language;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Supplier<List<SnapshotProvider>> providers;
    private final Supplier<List<ReturnTarget>> targets;
    private final Consumer<Runnable> atEnd;
    private final PoolFiles files = new LocalPoolFiles();

    /**
     * With everything that comes from outside.
     *
     * @param environment the process's variables; {@code STANDFEST_HOME} is read
     * @param providers providers beside the plain ones
     * @param atEnd takes what has to happen when the process is told to end
     */
    public AgentCommandLine(
            AgentSettings settings,
            Map<String, String> environment,
            Locale language,
            InstantSource clock,
            SecureRandom random,
            Supplier<List<SnapshotProvider>> providers,
            Supplier<List<ReturnTarget>> targets,
            Consumer<Runnable> atEnd) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.language = language;
        this.clock = clock;
        this.random = random;
        this.providers = providers;
        this.targets = targets;
        this.atEnd = atEnd;
    }

    /** Runs one verb. */
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Words words = Words.read(arguments);
        Output output = new Output(out, err, words.has("json"), language);
        if (words.fault().isPresent()) {
            return output.usage(words.fault().get());
        }
        AgentHome home = new AgentHome(folder(words));
        return switch (words.verb()) {
            case "run" -> runAgent(home, output);
            case "enrol" -> enrol(home, words, output);
            case "protect" -> protect(home, words, output);
            case "forget" ->
                    words.one("system")
                            .map(id -> code(home.forget(id), output, "forgotten", id))
                            .orElseGet(() -> output.usage("--system"));
            case "status" -> status(home, output);
            case "help" -> output.help();
            default -> output.usage(words.verb());
        };
    }

    private Path folder(Words words) {
        String standfest =
                environment.getOrDefault(
                        "STANDFEST_HOME", System.getProperty("user.home") + "/.standfest");
        return words.one("home")
                .map(Path::of)
                .orElseGet(() -> Path.of(standfest, "agent"))
                .toAbsolutePath();
    }

    private static int code(Outcome<?> outcome, Output output, String key, Object... arguments) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> output.done(key, arguments);
            case Outcome.Refused<?>(Explanation why) -> output.problem(REFUSED, "refused", why);
            case Outcome.Failed<?>(Explanation why, Throwable _) ->
                    output.problem(FAILED, "failed", why);
        };
    }

    private int enrol(AgentHome home, Words words, Output output) {
        String standby = words.one("standby").orElse("");
        int colon = standby.lastIndexOf(':');
        if (colon < 1
                || !standby.substring(colon + 1).matches("\\d{1,5}")
                || words.one("code").isEmpty()) {
            return output.usage("--standby HOST:PORT --code CODE");
        }
        String name = words.one("name").orElseGet(this::hostName);
        String host = standby.substring(0, colon);
        int port = Integer.parseInt(standby.substring(colon + 1));
        Outcome<Identity> identity =
                new EnrolClient(settings.channels(), language, "standfest-agent 1.0", clock, random)
                        .enrol(host, port, words.one("code").orElseThrow(), name);
        Outcome<Void> saved = identity.then(enrolled -> enrolled.save(home.identity()));
        return code(
                saved, output, "enrolled", identity.result().map(Identity::id).orElse(""), standby);
    }

    private String hostName() {
        String named = environment.getOrDefault("HOSTNAME", "");
        if (!named.isBlank()) {
            return named;
        }
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (IOException _) {
            return "agent";
        }
    }

    private int protect(AgentHome home, Words words, Output output) {
        Optional<String> id = words.one("system");
        if (id.isEmpty()) {
            return output.usage("--system ID");
        }
        try {
            List<VolumeSource> volumes = new ArrayList<>();
            for (String disk : words.all("disk")) {
                volumes.add(disk(disk));
            }
            for (String tree : words.all("tree")) {
                volumes.add(tree(tree, String.join("\n", words.all("exclude"))));
            }
            Map<String, String> machine = new HashMap<>();
            if (words.one("machine-file").isPresent()) {
                machine.putAll(PropertiesFile.read(Path.of(words.one("machine-file").get())));
            }
            for (String fact : words.all("machine")) {
                machine.put(before(fact), behind(fact));
            }
            ProtectedSystem system =
                    new ProtectedSystem(
                            id.get(),
                            words.one("name").orElse(id.get()),
                            volumes,
                            Duration.ofSeconds(Long.parseLong(words.one("every").orElse("0"))),
                            machine);
            return code(home.save(system), output, "protected", system.id(), volumes.size());
        } catch (IllegalArgumentException wrong) {
            return output.usage(String.valueOf(wrong.getMessage()));
        } catch (IOException unreadable) {
            return output.problem(
                    FAILED,
                    "failed",
                    AgentHome.TEXTS.explain("agent.cannot-read", unreadable.getMessage()));
        }
    }

    private static String before(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(assignment);
        }
        return assignment.substring(0, equals);
    }

    private static String behind(String assignment) {
        return assignment.substring(assignment.indexOf('=') + 1);
    }

    private static VolumeSource disk(String assignment) {
        String name = before(assignment);
        String source = behind(assignment);
        int colon = source.indexOf(':');
        if (colon < 1 || colon == source.length() - 1) {
            throw new IllegalArgumentException("--disk " + assignment);
        }
        String provider = source.substring(0, colon);
        String address = source.substring(colon + 1);
        return new VolumeSource(
                name,
                VolumeKind.DISK,
                provider,
                provider.equals("file") ? absolute(address) : address);
    }

    private static VolumeSource tree(String assignment, String exclude) {
        Map<String, String> options =
                exclude.isEmpty() ? Map.of() : Map.of(VolumeSource.EXCLUDE, exclude);
        return new VolumeSource(
                before(assignment), VolumeKind.TREE, "tree", absolute(behind(assignment)), options);
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    private int status(AgentHome home, Output output) {
        Outcome<Identity> identity = Identity.load(home.identity());
        List<Map<String, String>> rows = new ArrayList<>();
        for (ProtectedSystem system : home.systems()) {
            Map<String, String> row = new TreeMap<>(Agent.lastFacts(home, system.id()));
            row.put("system", system.id());
            row.put("volumes", Integer.toString(system.volumes().size()));
            row.put("lockedOut", Boolean.toString(home.state(system.id()).lockedOut()));
            rows.add(row);
        }
        String who = identity.result().map(Identity::id).orElse("");
        String where = identity.result().map(known -> known.host() + ":" + known.port()).orElse("");
        output.status(who, where, rows);
        home.damaged().forEach(file -> output.warn("damaged", file));
        return DONE;
    }

    private int runAgent(AgentHome home, Output output) {
        Outcome<Identity> identity = Identity.load(home.identity());
        if (!(identity instanceof Outcome.Done<Identity>(Identity known))) {
            return code(identity, output, "");
        }
        Outcome<FileChannel> lock = home.lock();
        if (!(lock instanceof Outcome.Done<FileChannel>(FileChannel held))) {
            return code(lock, output, "");
        }
        try (held) {
            return runAlone(home, known, output);
        } catch (IOException fault) {
            return output.problem(
                    FAILED,
                    "failed",
                    AgentHome.TEXTS.explain("agent.cannot-write", fault.getMessage()));
        }
    }

    private int runAlone(AgentHome home, Identity known, Output output) {
        Agent agent =
                new Agent(
                        home,
                        known,
                        files,
                        this::providers,
                        this::targets,
                        settings,
                        hostName(),
                        language,
                        clock,
                        random,
                        output);
        atEnd.accept(agent::close);
        try (agent) {
            output.done("started", known.id());
            agent.run();
        }
        return output.done("stopped");
    }

    private Map<String, SnapshotProvider> providers() {
        Map<String, SnapshotProvider> byKind = new HashMap<>();
        byKind.put("file", new PlainDisks(files, clock));
        byKind.put("tree", new PlainTrees(clock));
        providers.get().forEach(provider -> byKind.put(provider.kind(), provider));
        return byKind;
    }

    private Map<String, ReturnTarget> targets() {
        Map<String, ReturnTarget> byKind = new HashMap<>();
        targets.get().forEach(target -> byKind.put(target.kind(), target));
        return byKind;
    }
}
