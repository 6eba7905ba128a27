package org.standfest.replication.agent;

import org.standfest.replication.engine.EnrolClient;
import org.standfest.replication.engine.PlainDisks;
import org.standfest.replication.engine.PlainTrees;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.windows.WindowsFiles;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The agent's verbs. {@code run} without a system is the resident agent; verbs that do something
 * ask it where it runs, and work by themselves where it does not. Exit codes: 0 done, 1 refused, 2
 * usage, 3 failed. For one thread.
 */
public final class AgentCommandLine {

    private static final int REFUSED = 1;
    private static final int FAILED = 3;
    private static final int LOCK_TRIES = 20;
    private static final Duration BETWEEN_LOCK_TRIES = Duration.ofMillis(100);

    private final AgentSettings settings;
    private final Map<String, String> environment;
    private final Locale language;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Supplier<List<SnapshotProvider>> providers;
    private final Supplier<List<ReturnTarget>> targets;
    private final Function<Path, Freezer> freezer;
    private final Consumer<Runnable> atEnd;
    private final PoolFiles files = WindowsFiles.ofThisSystem(new LocalPoolFiles());

    /**
     * With everything that comes from outside.
     *
     * @param environment the process's variables; {@code STANDFEST_HOME} is read
     * @param providers providers beside the plain ones
     * @param freezer holds applications still, with the folder for its notes
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
            Function<Path, Freezer> freezer,
            Consumer<Runnable> atEnd) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.language = language;
        this.clock = clock;
        this.random = random;
        this.providers = providers;
        this.targets = targets;
        this.freezer = freezer;
        this.atEnd = atEnd;
    }

    /** Without anything that holds applications still. */
    public AgentCommandLine(
            AgentSettings settings,
            Map<String, String> environment,
            Locale language,
            InstantSource clock,
            SecureRandom random,
            Supplier<List<SnapshotProvider>> providers,
            Supplier<List<ReturnTarget>> targets,
            Consumer<Runnable> atEnd) {
        this(
                settings,
                environment,
                language,
                clock,
                random,
                providers,
                targets,
                _ -> Freezer.NONE,
                atEnd);
    }

    /** Runs one verb. */
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Words words = Words.read(arguments);
        Output output = new Output(out, err, words.has("json"), language, words.topic());
        if (words.fault().isPresent()) {
            return output.usage(words.fault().get());
        }
        AgentHome home = new AgentHome(folder(words));
        return switch (words.verb()) {
            case "run" -> words.has("system") ? order(home, words, output) : runAgent(home, output);
            case "enrol" -> enrol(home, words, output);
            case "protect" -> protect(home, words, output);
            case "cancel", "compare", "courier" -> order(home, words, output);
            case "help" -> output.help();
            default -> new LocalVerbs(home, settings, clock, output).run(words);
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
        return output.code(
                saved, "enrolled", identity.result().map(Identity::id).orElse(""), standby);
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
            Outcome<ProtectedSystem> done = new ProtectVerb(home, words).run(id.get());
            int volumes = done.result().map(system -> system.volumes().size()).orElse(0);
            int code = output.code(done, "protected", id.get(), volumes);
            done.result().ifPresent(system -> lookFor(system.volumes(), output));
            return code;
        } catch (IllegalArgumentException wrong) {
            return output.usage(String.valueOf(wrong.getMessage()));
        } catch (IOException unreadable) {
            return output.problem(
                    FAILED,
                    "failed",
                    AgentHome.TEXTS.explain("agent.cannot-read", unreadable.getMessage()));
        }
    }

    /** A typing error shows here, not in the first session; the source may also come later. */
    private void lookFor(List<VolumeSource> volumes, Output output) {
        Map<String, SnapshotProvider> known = providers();
        for (VolumeSource volume : volumes) {
            SnapshotProvider provider = known.get(volume.provider());
            if (provider == null) {
                output.complain(AgentHome.TEXTS.explain("agent.no-provider", volume.provider()));
                continue;
            }
            Presence presence = provider.presence(volume);
            if (presence.state() != Presence.State.THERE) {
                output.complain(presence.reason());
            }
        }
    }

    /** Asks the resident agent; where none runs, does it here and now. */
    private int order(AgentHome home, Words words, Output output) {
        Optional<String> id = words.one("system");
        if (id.isEmpty() || words.verb().equals("courier") && !words.has("to")) {
            return output.usage("--system ID" + (id.isEmpty() ? "" : " --to FOLDER"));
        }
        if (home.system(id.get()).isEmpty()) {
            return output.problem(
                    REFUSED, "refused", AgentHome.TEXTS.explain("agent.system-unknown", id.get()));
        }
        Outcome<FileChannel> lock = home.lock();
        if (lock instanceof Outcome.Done<FileChannel>(FileChannel held)) {
            try (held) {
                return alone(home, words, id.get(), output);
            } catch (IOException fault) {
                return output.problem(
                        FAILED,
                        "failed",
                        AgentHome.TEXTS.explain("agent.cannot-write", fault.getMessage()));
            }
        }
        Orders orders = new Orders(home.orders(), clock);
        String name = "o-" + clock.millis() + "-" + Integer.toHexString(random.nextInt());
        Outcome<String> left = orders.leave(name, words.verb(), id.get(), arguments(words));
        if (words.has("no-wait") || !left.isDone()) {
            return output.code(left, "ordered", words.verb(), id.get());
        }
        Pause pause = Pause.real();
        atEnd.accept(pause::stop);
        return output.facts(words.verb(), id.get(), orders.await(name, pause, home));
    }

    private static Map<String, String> arguments(Words words) {
        return words.one("to")
                .map(folder -> Map.of("to", Path.of(folder).toAbsolutePath().toString()))
                .orElse(Map.of());
    }

    private int alone(AgentHome home, Words words, String id, Output output) {
        Outcome<Identity> identity = Identity.load(home.identity());
        if (words.verb().equals("cancel")) {
            return output.facts("cancel", id, Outcome.done(Map.of("cancelled", "false")));
        }
        if (!(identity instanceof Outcome.Done<Identity>(Identity known))) {
            return output.code(identity, "");
        }
        try (Agent agent = agent(home, known, AgentListener.NONE)) {
            atEnd.accept(agent::close);
            return output.facts(words.verb(), id, agent.once(words.verb(), id, arguments(words)));
        }
    }

    private int runAgent(AgentHome home, Output output) {
        Outcome<Identity> identity = Identity.load(home.identity());
        if (!(identity instanceof Outcome.Done<Identity>(Identity known))) {
            return output.code(identity, "");
        }
        Outcome<FileChannel> lock = lockSoon(home);
        if (!(lock instanceof Outcome.Done<FileChannel>(FileChannel held))) {
            return output.code(lock, "");
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

    /** A command line that only looks whether somebody is here must not keep the agent away. */
    private static Outcome<FileChannel> lockSoon(AgentHome home) {
        Pause pause = Pause.real();
        Outcome<FileChannel> lock = home.lock();
        for (int tries = 0; tries < LOCK_TRIES && !lock.isDone(); tries++) {
            if (!pause.goOnAfter(BETWEEN_LOCK_TRIES)) {
                return lock;
            }
            lock = home.lock();
        }
        return lock;
    }

    private int runAlone(AgentHome home, Identity known, Output output) {
        Agent agent = agent(home, known, output);
        atEnd.accept(agent::close);
        try (agent) {
            output.done("started", known.id());
            agent.run();
        }
        return output.done("stopped");
    }

    private Agent agent(AgentHome home, Identity known, AgentListener listener) {
        return new Agent(
                home,
                known,
                files,
                this::providers,
                this::targets,
                freezer.apply(home.frozen()),
                settings,
                hostName(),
                language,
                clock,
                random,
                listener);
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
