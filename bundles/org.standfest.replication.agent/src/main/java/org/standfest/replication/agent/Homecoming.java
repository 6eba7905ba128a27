package org.standfest.replication.agent;

import org.standfest.replication.engine.BasisFolder;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.PullClient;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.Ids;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.RestorePhase;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ReturnRequest;
import org.standfest.replication.source.ReturnSite;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.Channel;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The way home on the machine a system returns to: prepare and pull in two phases, start, protect;
 * or undo. Everything it needs after a crash lies in the return's folder. Safe for any thread, one
 * call for one system at a time.
 */
final class Homecoming implements AutoCloseable {

    private static final String OPTION = "option.";

    private final AgentHome home;
    private final Supplier<Map<String, ReturnTarget>> targets;
    private final Line line;
    private final AgentSettings settings;
    private final Pause pause;
    private final PoolFiles files;
    private final Function<String, PullClient> pulling;
    private final Map<String, ReturnSite> sites = new ConcurrentHashMap<>();

    /**
     * @param pulling pulls a system with its part of this machine's line
     */
    Homecoming(
            AgentHome home,
            Supplier<Map<String, ReturnTarget>> targets,
            Line line,
            AgentSettings settings,
            Pause pause,
            PoolFiles files,
            Function<String, PullClient> pulling) {
        this.home = home;
        this.targets = targets;
        this.line = line;
        this.settings = settings;
        this.pause = pause;
        this.files = files;
        this.pulling = pulling;
    }

    /** Pulls a phase; the first time the landing place is prepared from the arguments. */
    Outcome<Map<String, String>> pull(
            String systemId,
            RestorePhase phase,
            Map<String, String> arguments,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        String returnId = arguments.getOrDefault("returnId", "");
        if (!Ids.valid(returnId)) {
            return Outcome.refused(AgentHome.TEXTS.explain("agent.return-unknown", returnId));
        }
        Map<String, String> note = new TreeMap<>(note(returnId));
        if (note.isEmpty() && phase == RestorePhase.FINAL) {
            return Outcome.refused(AgentHome.TEXTS.explain("agent.return-unknown", returnId));
        }
        note.put("system", systemId);
        note.putAll(arguments);
        Outcome<Void> noted = home.write(noteFile(returnId), note);
        if (!noted.isDone()) {
            return noted.map(_ -> Map.of());
        }
        return overManyConnections(systemId, returnId, phase, progress, cancellation)
                .then(
                        pulled -> {
                            note.put("epoch", Long.toString(pulled.epoch()));
                            note.put("phase", phase.name());
                            pulled.machine()
                                    .forEach((key, value) -> note.put("machine." + key, value));
                            return home.write(noteFile(returnId), note).map(_ -> pulled.facts());
                        });
    }

    private Outcome<PullClient.Pulled> overManyConnections(
            String systemId,
            String returnId,
            RestorePhase phase,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        Duration wait = settings.firstRetry();
        for (int attempt = 1; ; attempt++) {
            Outcome<PullClient.Pulled> pulled =
                    line.open(Purpose.RESTORE)
                            .then(
                                    channel ->
                                            once(
                                                    channel,
                                                    systemId,
                                                    returnId,
                                                    phase,
                                                    progress,
                                                    cancellation));
            boolean again =
                    pulled instanceof Outcome.Failed<PullClient.Pulled>(_, Throwable cause)
                            && Connections.worthRetrying(cause)
                            && attempt < settings.attempts()
                            && !cancellation.requested();
            if (!again || !pause.goOnAfter(wait)) {
                return pulled;
            }
            wait = settings.longer(wait);
        }
    }

    private Outcome<PullClient.Pulled> once(
            Channel channel,
            String systemId,
            String returnId,
            RestorePhase phase,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        Path folder = folder(returnId);
        RoomLeft room = new RoomLeft(files, folder, cancellation);
        try (channel) {
            Outcome<PullClient.Pulled> pulled =
                    pulling.apply(systemId)
                            .pull(
                                    channel,
                                    systemId,
                                    returnId,
                                    phase,
                                    memory(returnId),
                                    open -> site(returnId, open.machine(), open.volumes()),
                                    progress,
                                    room);
            return room.full()
                    ? Outcome.refused(AgentHome.TEXTS.explain("agent.no-room", folder))
                    : pulled;
        }
    }

    private BasisFolder memory(String returnId) {
        return new BasisFolder(home.returnFolder(returnId).resolve("written"));
    }

    private Path noteFile(String returnId) {
        return home.returnFolder(returnId).resolve("return.properties");
    }

    private Map<String, String> note(String returnId) {
        try {
            return PropertiesFile.read(noteFile(returnId));
        } catch (IOException _) {
            return Map.of();
        }
    }

    /** The landing place, prepared again after a restart of the agent. */
    private Outcome<ReturnSite> site(
            String returnId, Map<String, String> machine, List<Message.VolumeHead> volumes) {
        ReturnSite known = sites.get(returnId);
        if (known != null) {
            return Outcome.done(known);
        }
        Map<String, String> note = note(returnId);
        Map<String, ReturnTarget> all = targets.get();
        String kind = note.getOrDefault("target", "");
        ReturnTarget target =
                kind.isEmpty() && all.size() == 1 ? all.values().iterator().next() : all.get(kind);
        if (target == null) {
            return Outcome.refused(AgentHome.TEXTS.explain("agent.no-target", kind));
        }
        Map<String, String> sizes = new TreeMap<>(note);
        volumes.forEach(
                volume -> sizes.put("volume." + volume.name(), Long.toString(volume.sizeBytes())));
        Outcome<ReturnSite> prepared =
                home.write(noteFile(returnId), sizes)
                        .then(
                                _ ->
                                        target.prepare(
                                                new ReturnRequest(
                                                        note.getOrDefault("system", ""),
                                                        returnId,
                                                        target.kind(),
                                                        machine,
                                                        options(returnId, note),
                                                        volumes.stream()
                                                                .map(Homecoming::volume)
                                                                .toList())));
        prepared.result().ifPresent(site -> sites.put(returnId, site));
        return prepared;
    }

    /** Where it lands need not be said: without a word it is a folder of this agent. */
    private Map<String, String> options(String returnId, Map<String, String> note) {
        Map<String, String> options = new TreeMap<>(SystemSettings.below(note, OPTION));
        options.putIfAbsent("folder", home.returnFolder(returnId).resolve("landed").toString());
        return options;
    }

    private Path folder(String returnId) {
        try {
            return Path.of(options(returnId, note(returnId)).get("folder"));
        } catch (InvalidPathException _) {
            return home.returnFolder(returnId); // the landing place will refuse it
        }
    }

    private static ReturnRequest.Volume volume(Message.VolumeHead head) {
        return new ReturnRequest.Volume(head.name(), head.kind(), head.sizeBytes());
    }

    /** The landing place of a return that was prepared before. */
    private Outcome<ReturnSite> knownSite(String returnId) {
        Map<String, String> note = Ids.valid(returnId) ? note(returnId) : Map.of();
        if (note.isEmpty()) {
            return Outcome.refused(AgentHome.TEXTS.explain("agent.return-unknown", returnId));
        }
        List<Message.VolumeHead> volumes =
                SystemSettings.below(note, "volume.").entrySet().stream()
                        .map(
                                volume ->
                                        new Message.VolumeHead(
                                                volume.getKey(),
                                                VolumeKind.DISK,
                                                Long.parseLong(volume.getValue())))
                        .toList();
        return site(returnId, SystemSettings.below(note, "machine."), volumes);
    }

    /** Starts the system here and protects it here from now on. */
    Outcome<Map<String, String>> start(String systemId, Map<String, String> arguments) {
        String returnId = arguments.getOrDefault("returnId", "");
        return knownSite(returnId)
                .then(
                        site -> {
                            Map<String, String> note = note(returnId);
                            if (!"FINAL".equals(note.get("phase"))
                                    || !systemId.equals(note.get("system"))) {
                                return Outcome.refused(
                                        AgentHome.TEXTS.explain(
                                                "agent.return-not-complete", systemId));
                            }
                            return site.start()
                                    .then(started -> protect(systemId, returnId, note, started));
                        });
    }

    private Outcome<Map<String, String>> protect(
            String systemId,
            String returnId,
            Map<String, String> note,
            ReturnSite.Started started) {
        Optional<ProtectedSystem> before = home.system(systemId);
        if (before.isPresent() && !Files.exists(beforeFile(returnId))) {
            Outcome<Void> kept =
                    home.write(beforeFile(returnId), SystemSettings.properties(before.get()));
            if (!kept.isDone()) {
                return kept.map(_ -> Map.of());
            }
        }
        ProtectedSystem now =
                before.map(system -> system.movedTo(started.volumes(), started.machine()))
                        .orElseGet(
                                () ->
                                        new ProtectedSystem(
                                                systemId,
                                                systemId,
                                                started.volumes(),
                                                Duration.ZERO,
                                                started.machine()));
        long epoch = Long.parseLong(note.getOrDefault("epoch", "0"));
        Map<String, String> facts = new HashMap<>();
        for (VolumeSource volume : started.volumes()) {
            facts.put("volume." + volume.name(), volume.provider() + ":" + volume.address());
        }
        return home.save(systemId, home.state(systemId).inEpoch(epoch))
                .then(_ -> home.basis(systemId).forget())
                .then(_ -> home.save(now))
                .map(_ -> facts);
    }

    private Path beforeFile(String returnId) {
        return home.returnFolder(returnId).resolve("before.properties");
    }

    /** Stops the system here; protects it as before; removes what was written if asked. */
    Outcome<Map<String, String>> undo(String systemId, Map<String, String> arguments) {
        String returnId = arguments.getOrDefault("returnId", "");
        boolean discard = Boolean.parseBoolean(arguments.get("discard"));
        if (Ids.valid(returnId) && note(returnId).isEmpty()) {
            return Outcome.done(Map.of());
        }
        return knownSite(returnId)
                .then(
                        site -> {
                            Outcome<Void> stopped = site.stop();
                            Outcome<Void> cleared =
                                    stopped.then(_ -> discard ? site.discard() : Outcome.done());
                            return cleared.then(_ -> asBefore(returnId))
                                    .then(_ -> forget(returnId, discard));
                        });
    }

    private Outcome<Void> asBefore(String returnId) {
        try {
            Map<String, String> before = PropertiesFile.read(beforeFile(returnId));
            return before.isEmpty() ? Outcome.done() : home.save(SystemSettings.of(before));
        } catch (SystemSettings.Fault damaged) {
            return Outcome.failed(
                    AgentHome.TEXTS.explain("agent.cannot-read", beforeFile(returnId)), damaged);
        } catch (IOException fault) {
            return Outcome.failed(
                    AgentHome.TEXTS.explain("agent.cannot-write", beforeFile(returnId)), fault);
        }
    }

    private Outcome<Map<String, String>> forget(String returnId, boolean discard) {
        ReturnSite site = sites.remove(returnId);
        if (site != null) {
            site.close();
        }
        try {
            if (discard) {
                Files.deleteIfExists(noteFile(returnId));
                Files.deleteIfExists(beforeFile(returnId));
            }
            return discard ? memory(returnId).forget().map(_ -> Map.of()) : Outcome.done(Map.of());
        } catch (IOException fault) {
            return Outcome.failed(
                    AgentHome.TEXTS.explain("agent.cannot-write", noteFile(returnId)), fault);
        }
    }

    @Override
    public void close() {
        sites.values().forEach(ReturnSite::close);
    }
}
