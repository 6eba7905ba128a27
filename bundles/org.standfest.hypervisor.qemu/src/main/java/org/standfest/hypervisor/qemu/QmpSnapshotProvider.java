package org.standfest.hypervisor.qemu;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.hypervisor.RememberedMachine;
import org.standfest.hypervisor.qemu.NbdClient.Extent;
import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.Consistency;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.SourcePower;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes consistent views of the disks of a running QEMU machine, with exact changes since the last
 * committed recovery point, over its control socket. Addresses are {@code SOCKET#NODE}. Works on
 * raw and qcow2 disks, and on a machine whose guest is off while its process keeps the disks
 * readable.
 *
 * <p>The option {@code temporary} of a volume names a folder for old blocks; otherwise they lie
 * where this host has temporary files. All disks of a request are frozen at one instant. A guest
 * with one disk is not stopped; one with several holds its breath for some milliseconds. What it
 * overwrites while the view is read is first copied into temporary files; if there is no space for
 * them the snapshot breaks, never the guest. One snapshot of a machine at a time: a new one ends an
 * old one that was left behind by a crash.
 */
@Component
public final class QmpSnapshotProvider implements SnapshotProvider {

    /**
     * Option of a volume: folder (short absolute path, this user's alone) for copies of old blocks.
     */
    public static final String TEMPORARY = "temporary";

    /**
     * Option of a volume: the socket of the guest agent's serial line. The guest's file systems are
     * held still for the instant of the view; without an answer the view is taken all the same, and
     * the session's facts say so.
     */
    public static final String GUEST_AGENT = "guestAgent";

    private static final Catalog TEXTS = Catalog.beside(QmpSnapshotProvider.class);
    private static final Duration PRESENCE_LIMIT = Duration.ofMillis(1500);
    private static final Duration READ_LIMIT = Duration.ofSeconds(60);
    private static final String DIRTY = "qemu:dirty-bitmap:";

    private final QemuTools tools;
    private final Path temporary;
    private final InstantSource clock;

    /** On this host, with temporary files where this host has them. */
    @Activate
    public QmpSnapshotProvider() {
        this(QemuSettings.ofThisHost(), InstantSource.system());
    }

    /**
     * @param settings QEMU's programs; temporary files go into its memory folder
     * @param clock for the instant of the views
     */
    public QmpSnapshotProvider(QemuSettings settings, InstantSource clock) {
        this.tools = new QemuTools(settings);
        this.temporary = settings.memory();
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "qmp";
    }

    @Override
    public Presence presence(VolumeSource volume) {
        Outcome<QmpAddress> read = QmpAddress.of(List.of(volume));
        if (!(read instanceof Outcome.Done<QmpAddress>(QmpAddress address))) {
            return new Presence(Presence.State.UNKNOWN, read.problem().orElseThrow());
        }
        try (QmpClient qmp = new QmpClient(address.socket(), PRESENCE_LIMIT)) {
            if (QmpPower.off(qmp)) {
                return new Presence(
                        Presence.State.GONE, TEXTS.explain("qemu.off", address.socket()));
            }
            return new Presence(
                    Presence.State.THERE, TEXTS.explain("qemu.there", address.socket()));
        } catch (IOException fault) {
            if (nobodyThere(address.socket(), fault)) {
                return new Presence(
                        Presence.State.GONE, TEXTS.explain("qemu.gone", address.socket()));
            }
            Explanation reason =
                    TEXTS.explain("qemu.unknown", address.socket(), fault.getMessage());
            return new Presence(Presence.State.UNKNOWN, reason);
        }
    }

    @Override
    public Optional<SourcePower> power() {
        return Optional.of(new QmpPower());
    }

    /** A missing socket, or one on which nobody listens, as a killed process leaves it behind. */
    private static boolean nobodyThere(Path socket, IOException fault) {
        return !Files.exists(socket)
                || fault instanceof ConnectException
                || fault instanceof SocketException refused
                        && "Connection refused".equals(refused.getMessage());
    }

    /** Lets a guest go that was held when the agent was killed; views are ended by the next one. */
    @Override
    public Outcome<Void> tidy(List<VolumeSource> volumes) {
        GuestHold.thawLeftOvers(volumes);
        return Outcome.done();
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        return QmpAddress.of(request.volumes()).then(address -> take(request, address));
    }

    private Outcome<Snapshot> take(SnapshotRequest request, QmpAddress address) {
        ScratchFolder scratch = null;
        try (QmpClient qmp = new QmpClient(address.socket(), request.limit())) {
            Fleecing.tearDown(qmp, address.volumeByNode().keySet());
            Map<String, DiskNode> disks = tidied(qmp, address, request.basisToken());
            for (Map.Entry<String, String> wanted : address.volumeByNode().entrySet()) {
                DiskNode disk = disks.get(wanted.getKey());
                if (disk == null || disk.device().isEmpty()) {
                    return Outcome.refused(
                            TEXTS.explain("qemu.address", wanted.getValue(), wanted.getKey()));
                }
            }
            scratch = ScratchFolder.in(temporary(request));
            return Outcome.done(
                    freeze(qmp, request, address, List.copyOf(disks.values()), scratch));
        } catch (IOException fault) {
            if (scratch == null && nobodyThere(address.socket(), fault)) {
                return Outcome.refused(TEXTS.explain("qemu.gone", address.socket()));
            }
            undo(address, request, scratch);
            return Outcome.failed(TEXTS.explain("qemu.snapshot", fault.getMessage()), fault);
        }
    }

    /** Where old blocks are copied to while the view is read. */
    private Path temporary(SnapshotRequest request) {
        return request.volumes().stream()
                .map(volume -> volume.options().get(TEMPORARY))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Path::of)
                .orElse(temporary);
    }

    private static Map<String, DiskNode> tidied(
            QmpClient qmp, QmpAddress address, Optional<String> basis) throws IOException {
        Map<String, DiskNode> disks = DiskNode.query(qmp, address.volumeByNode());
        boolean changed = ChangeTracking.tidy(qmp, disks.values(), basis);
        return changed ? DiskNode.query(qmp, address.volumeByNode()) : disks;
    }

    private QmpSnapshot freeze(
            QmpClient qmp,
            SnapshotRequest request,
            QmpAddress address,
            List<DiskNode> disks,
            ScratchFolder scratch)
            throws IOException {
        Map<String, String> bitmaps = new LinkedHashMap<>();
        for (int i = 0; i < disks.size(); i++) {
            DiskNode disk = disks.get(i);
            Path image = scratch.file(i + ".qcow2");
            tools.scratch(image, disk.sizeBytes());
            Fleecing.prepare(qmp, disk, image);
            request.basisToken()
                    .filter(disk::knowsSince)
                    .map(DiskNode::bitmapOf)
                    .ifPresent(bitmap -> bitmaps.put(disk.name(), bitmap));
        }
        ChangeTracking.begin(qmp, disks);
        // Noted before: whatever was acknowledged until now is in the views.
        Instant takenAt = clock.instant();
        Map<String, String> facts = new LinkedHashMap<>();
        boolean held;
        Map<String, byte[]> flash;
        try (GuestHold hold = GuestHold.of(request.volumes(), facts)) {
            Fleecing.freeze(qmp, disks);
            flash = GuestFlash.read(qmp);
            held = hold.held();
        }
        ChangeTracking.freeze(qmp, bitmaps);
        Path socket = scratch.file("nbd");
        Fleecing.serve(qmp, socket, disks, bitmaps);
        Map<String, NbdDiskView> views = new LinkedHashMap<>();
        boolean complete = false;
        try {
            for (DiskNode disk : disks) {
                views.put(disk.volume(), view(socket, disk, request.basisToken()));
            }
            complete = true;
        } finally {
            if (!complete) {
                views.values().forEach(NbdDiskView::close);
            }
        }
        return new QmpSnapshot(
                address,
                takenAt,
                request.basisToken(),
                views,
                machine(address.socket()),
                flash,
                scratch,
                held ? Consistency.FILE_SYSTEM : Consistency.CRASH,
                facts);
    }

    private static NbdDiskView view(Path socket, DiskNode disk, Optional<String> basis)
            throws IOException {
        Changes changes = changes(socket, disk, basis);
        NbdClient content =
                new NbdClient(socket, Fleecing.contentExport(disk), List.of(), READ_LIMIT);
        return new NbdDiskView(content, changes, () -> allocated(socket, disk));
    }

    /**
     * Where the view may hold something else than zeros: where the disk does now, and where old
     * blocks were copied. In this order, since a block that was cleared meanwhile was copied
     * before. (The view itself cannot tell for a disk over a base.)
     */
    private static List<ByteRange> allocated(Path socket, DiskNode disk) throws IOException {
        List<Extent> all = new ArrayList<>();
        for (String export : List.of(Fleecing.diskExport(disk), Fleecing.copiedExport(disk))) {
            try (NbdClient client =
                    new NbdClient(socket, export, List.of(NbdDiskView.ALLOCATION), READ_LIMIT)) {
                all.addAll(client.status(NbdDiskView.ALLOCATION));
            }
        }
        return NbdDiskView.ranges(all, false, NbdDiskView.READS_AS_ZERO);
    }

    private static Changes changes(Path socket, DiskNode disk, Optional<String> basis)
            throws IOException {
        if (basis.isEmpty()) {
            return new Changes.Unknown(TEXTS.explain("qemu.no-basis", disk.volume()));
        }
        String bitmap = DiskNode.bitmapOf(basis.get());
        if (!disk.knowsSince(basis.get())) {
            String code = "qemu.bitmap-lost";
            if (disk.has(bitmap)) {
                code = disk.trusted(bitmap) ? "qemu.bitmap-gap" : "qemu.bitmap-broken";
            }
            return new Changes.Unknown(TEXTS.explain(code, disk.volume(), basis.get()));
        }
        String context = DIRTY + bitmap;
        try (NbdClient client =
                new NbdClient(socket, Fleecing.diskExport(disk), List.of(context), READ_LIMIT)) {
            return client.knows(context)
                    ? new Changes.Tracked(
                            NbdDiskView.ranges(client.status(context), true, NbdDiskView.DIRTY))
                    : new Changes.Unknown(
                            TEXTS.explain("qemu.bitmap-broken", disk.volume(), basis.get()));
        }
    }

    /** The description of the machine, where a Standfest hypervisor started it. */
    private static Map<String, String> machine(Path socket) {
        try {
            return RememberedMachine.read(MachineFolder.sidecar(socket));
        } catch (IOException startedBySomebodyElse) {
            return Map.of();
        }
    }

    /**
     * Leaves the machine as it was, over a new connection, because the old one may be what broke.
     */
    private static void undo(QmpAddress address, SnapshotRequest request, ScratchFolder scratch) {
        try (QmpClient qmp = new QmpClient(address.socket(), request.limit())) {
            Fleecing.tearDown(qmp, address.volumeByNode().keySet());
            tidied(qmp, address, request.basisToken());
        } catch (IOException machineGone) {
            // Nothing is left to be undone; a living machine is tidied by the next snapshot.
        }
        if (scratch != null) {
            scratch.close();
        }
    }
}
