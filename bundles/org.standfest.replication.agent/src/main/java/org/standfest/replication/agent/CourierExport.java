package org.standfest.replication.agent;

import org.standfest.replication.engine.Basis;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.InProcessLine;
import org.standfest.replication.engine.JoinedSnapshot;
import org.standfest.replication.engine.SessionMemory;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.SessionWork;
import org.standfest.replication.engine.courier.CourierOutput;
import org.standfest.replication.engine.courier.CourierRecorder;
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
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;
import org.standfest.trust.SealedKey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Writes a first copy onto a courier disk: the same session that would fill the standby's pool,
 * recorded and encrypted for that standby alone, and a sheet signed by the agent. Broken off, it
 * goes on with what is there. PROTOCOL.md section 12 says what lies where. Safe for any thread, one
 * call for one system.
 */
final class CourierExport {

    private final AgentHome home;
    private final Supplier<Map<String, SnapshotProvider>> providers;
    private final Freezer freezer;
    private final PoolFiles files;
    private final AgentSettings settings;
    private final InstantSource clock;
    private final SecureRandom random;

    CourierExport(
            AgentHome home,
            Supplier<Map<String, SnapshotProvider>> providers,
            Freezer freezer,
            PoolFiles files,
            AgentSettings settings,
            InstantSource clock,
            SecureRandom random) {
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
        return recorder(system.id(), folder, known)
                .then(
                        begun ->
                                into(
                                        begun,
                                        new Export(system, folder, progress, cancellation),
                                        known));
    }

    /** One export. */
    private record Export(
            ProtectedSystem system,
            Path folder,
            SessionSender.Progress progress,
            Cancellation cancellation) {}

    /** A recorder and what the standby needs to make its key. */
    private record Begun(CourierRecorder recorder, String forStandby) {}

    /** Onto an empty disk, or behind what an export with a key that is kept here has written. */
    private Outcome<Begun> recorder(String systemId, Path folder, Identity identity) {
        Path kept = home.courier(systemId);
        try {
            Map<String, String> earlier = PropertiesFile.read(kept);
            if (folder.toString().equals(earlier.get("folder"))) {
                byte[] key = Base64.getDecoder().decode(earlier.get("key"));
                return Outcome.done(
                        new Begun(
                                CourierRecorder.behind(
                                        there -> CourierOutput.goOn(folder, key, random, there)),
                                earlier.get("forStandby")));
            }
            SealedKey fresh = identity.sealedKey(random);
            Base64.Encoder text = Base64.getEncoder();
            String forStandby = text.encodeToString(fresh.forStandby());
            PropertiesFile.write(
                    kept,
                    Map.of(
                            "folder",
                            folder.toString(),
                            "key",
                            text.encodeToString(fresh.key()),
                            "forStandby",
                            forStandby));
            return Outcome.done(
                    new Begun(
                            CourierRecorder.onto(CourierOutput.begin(folder, fresh.key(), random)),
                            forStandby));
        } catch (IOException | IllegalArgumentException fault) {
            return Outcome.failed(AgentHome.TEXTS.explain("agent.cannot-write", folder), fault);
        }
    }

    private Outcome<Map<String, String>> into(Begun begun, Export export, Identity identity) {
        ProtectedSystem system = export.system();
        try (CourierOutput output = begun.recorder().output()) {
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
                                    return transfer(begun.recorder(), export, snapshot)
                                            .then(
                                                    sent ->
                                                            sign(
                                                                    export,
                                                                    identity,
                                                                    snapshot,
                                                                    sent,
                                                                    begun,
                                                                    output.chunks()));
                                }
                            });
        } catch (IOException fault) {
            return Outcome.failed(
                    AgentHome.TEXTS.explain("agent.cannot-write", export.folder()), fault);
        }
    }

    private Outcome<SessionSender.Sent> transfer(
            CourierRecorder recorder, Export export, Snapshot snapshot) {
        ProtectedSystem system = export.system();
        Map<String, String> machine = new HashMap<>(snapshot.machine());
        machine.putAll(system.machine());
        String key = "courier-" + Long.toString(clock.millis(), Character.MAX_RADIX);
        SessionWork work =
                new SessionWork(
                        key, system.id(), 0, snapshot, system.volumes(), Optional.empty(), machine);
        InProcessLine line = new InProcessLine(Purpose.REPLICATE, Locale.getDefault());
        Peer.Agent agent = new Peer.Agent("courier", Set.of(system.id()), false);
        Thread receiving =
                Thread.ofVirtual()
                        .name("courier " + system.id())
                        .start(
                                () -> {
                                    try (Channel end = line.receiver(agent)) {
                                        // What became of it the sending side says.
                                        recorder.serve(end, key);
                                    }
                                });
        try (Channel end = line.sender("courier")) {
            return new SessionSender(files, settings.sending())
                    .send(end, work, new SessionMemory(), export.progress(), export.cancellation());
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
            Export export,
            Identity identity,
            Snapshot snapshot,
            SessionSender.Sent sent,
            Begun begun,
            long chunks) {
        ProtectedSystem system = export.system();
        Path folder = export.folder();
        List<String> volumes = new ArrayList<>();
        List<String> roots = new ArrayList<>();
        for (VolumeSource volume : system.volumes()) {
            volumes.add(volume.name());
            roots.add(root(sent.basis(), volume.name()).toString());
        }
        Map<String, String> sheet = new TreeMap<>();
        sheet.put("version", "2");
        sheet.put("agent", identity.id());
        sheet.put("system", system.id());
        sheet.put("name", system.name());
        sheet.put("key", begun.forStandby());
        sheet.put("chunks", Long.toString(chunks));
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
            Files.deleteIfExists(home.courier(system.id()));
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
