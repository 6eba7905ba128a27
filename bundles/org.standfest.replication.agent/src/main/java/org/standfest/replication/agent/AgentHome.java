package org.standfest.replication.agent;

import org.standfest.replication.engine.BasisFolder;
import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.protocol.Ids;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The agent's folder: {@code identity/}, {@code systems/ID.properties} (what is protected), {@code
 * state/ID/} (what is known from sessions), {@code returns/ID/} (ways home under way). Safe for any
 * thread; each system is written by one at a time.
 */
public final class AgentHome {

    static final Catalog TEXTS = Catalog.beside(AgentHome.class);
    private static final String SUFFIX = ".properties";
    private static final String RATES = "rates";

    private final Path folder;

    /**
     * @param folder need not exist yet
     */
    public AgentHome(Path folder) {
        this.folder = folder;
    }

    /** Makes this the only agent of the folder until closed; empty when another one runs. */
    Outcome<FileChannel> lock() {
        try {
            Files.createDirectories(folder);
            FileChannel file =
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (file.tryLock() != null) {
                return Outcome.done(file);
            }
            file.close();
            return Outcome.refused(TEXTS.explain("agent.runs-already", folder));
        } catch (OverlappingFileLockException _) {
            return Outcome.refused(TEXTS.explain("agent.runs-already", folder));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("agent.cannot-write", folder), fault);
        }
    }

    /** Whether an agent works with this folder now. */
    boolean resident() {
        Outcome<FileChannel> lock = lock();
        if (lock instanceof Outcome.Done<FileChannel>(FileChannel mine)) {
            try (mine) {
                return false;
            } catch (IOException _) {
                return false;
            }
        }
        return lock instanceof Outcome.Refused<FileChannel>;
    }

    /** Where the identity lies. */
    public Path identity() {
        return folder.resolve("identity");
    }

    /**
     * The protected systems by id. A file that cannot be understood is left out; {@link #faults}
     * says why.
     */
    public List<ProtectedSystem> systems() {
        List<ProtectedSystem> systems = new ArrayList<>();
        for (Path file : systemFiles()) {
            read(file).ifPresent(systems::add);
        }
        return systems;
    }

    /** What is wrong with files of systems that cannot be understood. */
    public List<Explanation> faults() {
        return systemFiles().stream()
                .map(file -> SettingsFile.read(file).problem())
                .flatMap(Optional::stream)
                .toList();
    }

    /** One protected system. */
    public Optional<ProtectedSystem> system(String id) {
        return Ids.valid(id) ? read(systemFile(id)) : Optional.empty();
    }

    private static Optional<ProtectedSystem> read(Path file) {
        return Files.exists(file) ? SettingsFile.read(file).result() : Optional.empty();
    }

    private List<Path> systemFiles() {
        Path systems = folder.resolve("systems");
        if (!Files.isDirectory(systems)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(systems)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /** Something that changes whenever a protected system is added, changed or removed. */
    String fingerprint() {
        StringBuilder text = new StringBuilder();
        List<Path> files = new ArrayList<>(systemFiles());
        files.add(line());
        files.addAll(toldRates());
        for (Path file : files) {
            try {
                text.append(file.getFileName())
                        .append(Files.getLastModifiedTime(file))
                        .append(Files.size(file));
            } catch (IOException _) {
                text.append('?');
            }
        }
        return text.toString();
    }

    private Path systemFile(String id) {
        return folder.resolve("systems").resolve(id + SUFFIX);
    }

    /** Protects a system from now on, or protects it differently. */
    public Outcome<Void> save(ProtectedSystem system) {
        return write(systemFile(system.id()), SystemSettings.properties(system));
    }

    /** Protects a system no longer; what lies in the standby's pool stays there. */
    public Outcome<Void> forget(String id) {
        try {
            return Ids.valid(id) && Files.deleteIfExists(systemFile(id))
                    ? Outcome.done()
                    : Outcome.refused(TEXTS.explain("agent.system-unknown", id));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("agent.cannot-write", systemFile(id)), fault);
        }
    }

    /** What is known of a system from its sessions. */
    public SystemState state(String id) {
        try {
            return SystemState.of(PropertiesFile.read(stateFolder(id).resolve("session" + SUFFIX)));
        } catch (IOException | IllegalArgumentException _) {
            return SystemState.NEW;
        }
    }

    Outcome<Void> save(String id, SystemState state) {
        return write(stateFolder(id).resolve("session" + SUFFIX), state.toProperties());
    }

    RunTimes times(String id) {
        try {
            return RunTimes.of(PropertiesFile.read(stateFolder(id).resolve("times" + SUFFIX)));
        } catch (IOException | RuntimeException _) {
            // Without them the system is replicated at once, which is the safe mistake.
            return RunTimes.NEVER;
        }
    }

    Outcome<Void> save(String id, RunTimes times) {
        return write(stateFolder(id).resolve("times" + SUFFIX), times.properties());
    }

    HistoryFile history(String id) {
        return new HistoryFile(stateFolder(id).resolve("history"));
    }

    Path comparison(String id) {
        return stateFolder(id).resolve("comparison" + SUFFIX);
    }

    /** What the standby's policy says of a priority; none: nothing. */
    Path toldPriority(String id) {
        return stateFolder(id).resolve("priority" + SUFFIX);
    }

    /**
     * What the standby's policies say of the line: of those systems of which they say something.
     */
    private List<Path> toldRates() {
        return systemFiles().stream()
                .map(file -> file.getFileName().toString())
                .map(name -> toldRates(name.substring(0, name.length() - SUFFIX.length())))
                .filter(Files::exists)
                .toList();
    }

    private Path toldRates(String id) {
        return stateFolder(id).resolve(RATES + SUFFIX);
    }

    /** This machine's own limits of its line. */
    private Path line() {
        return folder.resolve("line" + SUFFIX);
    }

    /** The key of a courier disk that is being written; gone when the disk is signed. */
    Path courier(String id) {
        return stateFolder(id).resolve("courier" + SUFFIX);
    }

    /** What a freeze leaves noted until it is thawed. */
    public Path frozen() {
        return folder.resolve("frozen");
    }

    Path orders() {
        return folder.resolve("orders");
    }

    /**
     * How fast this machine may send, by hour of the week: the lowest that the standby's policies
     * for its systems say, or its own where they say nothing, or unlimited.
     */
    public Outcome<RateCalendar> rates() {
        List<Path> told = toldRates();
        RateCalendar least = RateCalendar.UNLIMITED;
        for (Path file : told.isEmpty() ? List.of(line()) : told) {
            Outcome<RateCalendar> rates = rates(file);
            if (!rates.isDone()) {
                return rates;
            }
            least = least.least(rates.orThrow());
        }
        return Outcome.done(least);
    }

    private static Outcome<RateCalendar> rates(Path file) {
        try {
            return RateCalendar.parse(PropertiesFile.read(file).getOrDefault(RATES, ""));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("agent.cannot-read", file), fault);
        }
    }

    /** Sets this machine's own limits of its line. */
    Outcome<Void> save(RateCalendar rates) {
        return write(line(), Map.of(RATES, rates.toString()));
    }

    /**
     * Takes what the standby's policy for a system says of this machine's line.
     *
     * @param rates empty: nothing any more
     */
    Outcome<Void> told(String id, String rates) {
        Path file = toldRates(id);
        if (!rates.isBlank()) {
            return RateCalendar.parse(rates)
                    .then(said -> write(file, Map.of(RATES, said.toString())));
        }
        try {
            Files.deleteIfExists(file);
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("agent.cannot-write", file), fault);
        }
    }

    BasisFolder basis(String id) {
        return new BasisFolder(stateFolder(id).resolve("basis"));
    }

    private Path stateFolder(String id) {
        return folder.resolve("state").resolve(id);
    }

    Path returnFolder(String returnId) {
        return folder.resolve("returns").resolve(returnId);
    }

    Outcome<Void> write(Path file, Map<String, String> properties) {
        try {
            PropertiesFile.write(file, properties);
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("agent.cannot-write", file), fault);
        }
    }
}
