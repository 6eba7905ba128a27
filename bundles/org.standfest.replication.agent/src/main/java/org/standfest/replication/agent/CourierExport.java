package org.standfest.replication.agent;

import org.standfest.replication.engine.Basis;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.JoinedSnapshot;
import org.standfest.replication.engine.ReplicateHandler;
import org.standfest.replication.engine.SessionListener;
import org.standfest.replication.engine.SessionMemory;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.SessionWork;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Writes a first copy onto a courier disk: a pool of its own, filled by the same session that would
 * fill the standby's, and a sheet signed by the agent. Broken off, it goes on with what is there.
 * PROTOCOL.md section 12 says what lies where. Safe for any thread, one call for one system.
 */
final class CourierExport {

    private final AgentHome home;
    private final Supplier<Map<String, SnapshotProvider>> providers;
    private final Freezer freezer;
    private final PoolFiles files;
    private final AgentSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;

    CourierExport(
            AgentHome home,
            Supplier<Map<String, SnapshotProvider>> providers,
            Freezer freezer,
            PoolFiles files,
            AgentSettings settings,
            InstantSource clock,
            RandomGenerator random) {
        this.home = home;
        this.providers = providers;
        this.freezer = freezer;
        this.files = files;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Exports.
     *
     * @param folder on the disk; made if it does not exist
     */
    Outcome<Map<String, String>> export(
            ProtectedSystem system,
            Path folder,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        Outcome<Identity> identity = Identity.load(home.identity());
        if (!(identity instanceof Outcome.Done<Identity>(Identity known))) {
            return identity.then(_ -> Outcome.done(Map.of()));
        }
        try {
            Files.createDirectories(folder);
            // A sheet of an earlier export must not stand beside other contents.
            Files.deleteIfExists(folder.resolve("courier.sig"));
        } catch (IOException fault) {
            return Outcome.failed(AgentHome.TEXTS.explain("agent.cannot-write", folder), fault);
        }
        return new PoolOpener(files, clock.withZone(ZoneOffset.UTC), random)
                .open(folder.resolve("pool"), new PoolSettings(0))
                .then(
                        pool -> {
                            try (pool) {
                                return into(pool, system, known, folder, progress, cancellation);
                            }
                        });
    }

    private Outcome<Map<String, String>> into(
            ImagePool pool,
            ProtectedSystem system,
            Identity identity,
            Path folder,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        return JoinedSnapshot.take(
                        system.id(),
                        system.volumes(),
                        Optional.empty(),
                        providers.get(),
                        settings.snapshotLimit(),
                        freezer)
                .then(
                        snapshot -> {
                            try (snapshot) {
                                return transfer(pool, system, snapshot, progress, cancellation)
                                        .then(
                                                sent ->
                                                        sign(
                                                                system, identity, snapshot, sent,
                                                                folder));
                            }
                        });
    }

    private Outcome<SessionSender.Sent> transfer(
            ImagePool pool,
            ProtectedSystem system,
            Snapshot snapshot,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        Map<String, String> machine = new HashMap<>(snapshot.machine());
        machine.putAll(system.machine());
        SessionWork work =
                new SessionWork(
                        "courier-" + Long.toString(clock.millis(), Character.MAX_RADIX),
                        system.id(),
                        0,
                        snapshot,
                        system.volumes(),
                        Optional.empty(),
                        machine);
        InProcessLine line = new InProcessLine(Purpose.REPLICATE, Locale.getDefault());
        Peer.Agent agent = new Peer.Agent("courier", Set.of(system.id()), false);
        ReplicateHandler handler =
                new ReplicateHandler(pool, (_, _) -> Outcome.done(), SessionListener.NONE, clock);
        Thread receiving =
                Thread.ofVirtual()
                        .name("courier " + system.id())
                        .start(
                                () -> {
                                    try (Channel end = line.receiver(agent)) {
                                        handler.serve(end);
                                    } catch (ChannelException _) {
                                        // The sending side says what became of it.
                                        return;
                                    }
                                });
        try (Channel end = line.sender("courier")) {
            return new SessionSender(files, settings.sending())
                    .send(end, work, new SessionMemory(), progress, cancellation);
        } finally {
            await(receiving);
        }
    }

    private static void await(Thread receiving) {
        try {
            receiving.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome<Map<String, String>> sign(
            ProtectedSystem system,
            Identity identity,
            Snapshot snapshot,
            SessionSender.Sent sent,
            Path folder) {
        List<String> volumes = new ArrayList<>();
        List<String> roots = new ArrayList<>();
        for (VolumeSource volume : system.volumes()) {
            volumes.add(volume.name());
            roots.add(root(sent.basis(), volume.name()).toString());
        }
        Map<String, String> sheet = new TreeMap<>();
        sheet.put("version", "1");
        sheet.put("agent", identity.id());
        sheet.put("system", system.id());
        sheet.put("point", sent.token());
        sheet.put("takenAtMillis", Long.toString(snapshot.takenAt().toEpochMilli()));
        sheet.put("volumes", String.join(",", volumes));
        sheet.put("roots", String.join(",", roots));
        try {
            Path statement = folder.resolve("courier.properties");
            PropertiesFile.write(statement, sheet);
            byte[] signature = identity.sign(Files.readAllBytes(statement));
            PropertiesFile.replace(
                    folder.resolve("courier.sig"),
                    new String(signature, StandardCharsets.US_ASCII));
            // From here on our next session compares with what the courier brings.
            home.basis(system.id()).save(sent.basis());
            snapshot.settle(new Settlement.Committed(sent.token()));
        } catch (IOException fault) {
            return Outcome.failed(AgentHome.TEXTS.explain("agent.cannot-write", folder), fault);
        }
        Map<String, String> facts = new TreeMap<>(sent.facts());
        facts.put("courier", folder.toString());
        return Outcome.done(facts);
    }

    private static BlockHash root(Basis basis, String volume) {
        return basis.disks().containsKey(volume)
                ? basis.disks().get(volume).root()
                : basis.trees().get(volume).root();
    }
}
