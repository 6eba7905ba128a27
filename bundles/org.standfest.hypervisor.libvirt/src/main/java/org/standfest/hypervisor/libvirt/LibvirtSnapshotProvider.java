package org.standfest.hypervisor.libvirt;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.host.ProgramRunner;
import org.standfest.hypervisor.qemu.ServedDisk;
import org.standfest.replication.source.Consistency;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Presence.State;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.SourceFacts;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Provider {@code libvirt}: consistent views of the disks of a running libvirt machine, by
 * libvirt's own backup job in pull mode ({@code virsh backup-begin}), with changes since the last
 * committed state by libvirt's checkpoints. An address is {@code URI#DOMAIN/TARGET}, for example
 * {@code qemu:///system#web/vda}.
 *
 * <p>All disks of a request show one instant. Changes are tracked when all of them are qcow2, which
 * is what libvirt's checkpoints need; other formats are read as a whole each time. A checkpoint
 * that libvirt does not believe (lost, inconsistent) is given up and all is read. One backup job of
 * a machine at a time: somebody else's is never touched, ours that a kill left is ended.
 *
 * <p>Options: {@link #TEMPORARY}, {@link #GUEST_AGENT}. Needs libvirt 7.2 or newer and the right to
 * manage the machine.
 */
@Component(service = SnapshotProvider.class)
public final class LibvirtSnapshotProvider implements SnapshotProvider {

    static final String KIND = "libvirt";

    /**
     * Option: folder for sockets and old blocks, in a folder that belongs to the user QEMU runs as;
     * {@code /var/lib/libvirt/qemu/standfest} without it.
     */
    public static final String TEMPORARY = "temporary";

    /** Option {@code yes}: the guest's agent holds its file systems still for the instant. */
    public static final String GUEST_AGENT = "guestAgent";

    private static final Path STANDARD_FOLDER = Path.of("/var/lib/libvirt/qemu/standfest");
    private static final Duration PRESENCE_LIMIT = Duration.ofMillis(1800);
    private static final String BITMAP = "changes";

    private final Virsh virsh;
    private final InstantSource clock;
    private final AtomicLong numbers;

    /** On this host. */
    @Activate
    public LibvirtSnapshotProvider() {
        this(Virsh.HOST, InstantSource.system());
    }

    /**
     * @param virsh talks to libvirt
     * @param clock for the instant of the views
     */
    public LibvirtSnapshotProvider(Virsh virsh, InstantSource clock) {
        this.virsh = virsh;
        this.clock = clock;
        this.numbers = new AtomicLong(clock.instant().toEpochMilli());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Presence presence(VolumeSource volume) {
        Outcome<DomainAddress> read = DomainAddress.of(List.of(volume));
        if (!(read instanceof Outcome.Done<DomainAddress>(DomainAddress address))) {
            return new Presence(State.UNKNOWN, read.problem().orElseThrow());
        }
        try {
            ProgramRunner.Result state = new Domain(virsh, address, PRESENCE_LIMIT).run("domstate");
            String said = state.lastLine();
            if (state.succeeded()) {
                boolean runs = said.matches("running|paused|idle|pmsuspended|in shutdown");
                return new Presence(
                        runs ? State.THERE : State.GONE,
                        LibvirtTexts.explain("state", address.domain(), said));
            }
            boolean unheardOf =
                    said.toLowerCase(Locale.ROOT).contains("domain not found")
                            || said.contains("failed to get domain");
            return unheardOf
                    ? new Presence(State.GONE, LibvirtTexts.explain("gone", address.domain()))
                    : unknown(address, said);
        } catch (IOException fault) {
            return unknown(address, String.valueOf(fault.getMessage()));
        }
    }

    private static Presence unknown(DomainAddress address, String why) {
        return new Presence(State.UNKNOWN, LibvirtTexts.explain("unknown", address.domain(), why));
    }

    private static BackupFolder folder(DomainAddress address, List<VolumeSource> volumes) {
        Path parent =
                volumes.stream()
                        .map(volume -> volume.options().get(TEMPORARY))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(Path::of)
                        .orElse(STANDARD_FOLDER);
        return new BackupFolder(parent, address.domain());
    }

    private static boolean asksGuest(List<VolumeSource> volumes) {
        return volumes.stream().anyMatch(it -> "yes".equals(it.options().get(GUEST_AGENT)));
    }

    @Override
    public Outcome<Void> tidy(List<VolumeSource> volumes) {
        return DomainAddress.of(volumes)
                .then(
                        address -> {
                            Domain domain = new Domain(virsh, address, Duration.ofSeconds(30));
                            try {
                                if (asksGuest(volumes)) {
                                    domain.run("domfsthaw");
                                }
                                tidy(domain, folder(address, volumes));
                                return Outcome.done();
                            } catch (IOException fault) {
                                return Outcome.failed(
                                        LibvirtTexts.explain(
                                                "failed", address.domain(), fault.getMessage()),
                                        fault);
                            }
                        });
    }

    /**
     * Ends our own job, if one was left, and drops checkpoints that no committed state stands for.
     *
     * @return whether the machine is free for a job of ours
     */
    static boolean tidy(Domain domain, BackupFolder folder) throws IOException {
        String job = domain.backupJob();
        if (folder.owns(job)) {
            domain.endBackupJob();
            job = "";
        }
        if (!job.isEmpty()) {
            return false;
        }
        folder.clear();
        Optional<String> basis = folder.checkpoint();
        for (String checkpoint : domain.checkpoints().reversed()) {
            if (!basis.equals(Optional.of(checkpoint))) {
                domain.deleteCheckpoint(checkpoint);
            }
        }
        return true;
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        return DomainAddress.of(request.volumes()).then(address -> take(request, address));
    }

    private Outcome<Snapshot> take(SnapshotRequest request, DomainAddress address) {
        Domain domain = new Domain(virsh, address, request.limit());
        BackupFolder folder = folder(address, request.volumes());
        boolean begun = false;
        try {
            ProgramRunner.Result state = domain.run("domstate");
            if (!state.succeeded() || !state.lastLine().matches("running|paused")) {
                return Outcome.refused(
                        LibvirtTexts.explain("state", address.domain(), state.lastLine()));
            }
            Map<String, String> formats = domain.disks();
            for (Map.Entry<String, String> wanted : address.volumeByTarget().entrySet()) {
                if (!formats.containsKey(wanted.getKey())) {
                    return Outcome.refused(
                            LibvirtTexts.explain("no-disk", wanted.getValue(), wanted.getKey()));
                }
            }
            if (!tidy(domain, folder)) {
                return Outcome.refused(LibvirtTexts.explain("busy", address.domain()));
            }
            folder.prepare();
            begun = true;
            boolean tracks =
                    address.volumeByTarget().keySet().stream()
                            .allMatch(target -> "qcow2".equals(formats.get(target)));
            return Outcome.done(begin(request, address, domain, folder, formats, tracks));
        } catch (IOException fault) {
            if (begun) {
                undo(domain, folder);
            }
            return Outcome.failed(
                    LibvirtTexts.explain("failed", address.domain(), fault.getMessage()), fault);
        }
    }

    private static void undo(Domain domain, BackupFolder folder) {
        try {
            tidy(domain, folder);
        } catch (IOException stays) {
            // The next snapshot, or the next start, tries again.
        }
    }

    private Snapshot begin(
            SnapshotRequest request,
            DomainAddress address,
            Domain domain,
            BackupFolder folder,
            Map<String, String> formats,
            boolean tracks)
            throws IOException {
        String checkpoint = Domain.OURS + numbers.incrementAndGet();
        Optional<String> basis =
                request.basisToken().isPresent() && tracks
                        ? folder.checkpointOf(request.basisToken().get())
                        : Optional.empty();
        Explanation unknown = whyUnknown(request, address, tracks);
        Path socket = folder.socket(checkpoint.substring(Domain.OURS.length()));
        Map<String, String> facts = new LinkedHashMap<>();
        Instant takenAt = clock.instant();
        boolean held = asksGuest(request.volumes()) && freeze(domain, facts);
        try {
            ProgramRunner.Result begun =
                    start(
                            address,
                            domain,
                            folder,
                            formats,
                            socket,
                            tracks ? checkpoint : "",
                            basis);
            if (!begun.succeeded() && basis.isPresent()) {
                unknown =
                        LibvirtTexts.explain(
                                "checkpoint-broken", address.domain(), begun.lastLine());
                basis = Optional.empty();
                domain.deleteCheckpoint(folder.checkpoint().orElseThrow());
                takenAt = clock.instant();
                begun = start(address, domain, folder, formats, socket, checkpoint, basis);
            }
            if (!begun.succeeded()) {
                throw new IOException("virsh backup-begin: " + begun.lastLine());
            }
        } finally {
            if (held && !domain.run("domfsthaw").succeeded()) {
                facts.put(SourceFacts.THAW_PROBLEM, "virsh domfsthaw");
            }
        }
        Map<String, byte[]> firmware = domain.firmwareMemory();
        Map<String, ServedDisk> disks = new LinkedHashMap<>();
        for (Map.Entry<String, String> wanted : address.volumeByTarget().entrySet()) {
            ServedDisk disk =
                    basis.isPresent()
                            ? ServedDisk.open(socket, wanted.getKey(), BITMAP, unknown)
                            : ServedDisk.open(socket, wanted.getKey(), unknown);
            disks.put(wanted.getValue(), disk);
            facts.put(SourceFacts.TAKEN_BY + wanted.getValue(), KIND);
        }
        return new LibvirtSnapshot(
                domain,
                folder,
                socket,
                takenAt,
                disks,
                tracks ? Optional.of(checkpoint) : Optional.empty(),
                held ? Consistency.FILE_SYSTEM : Consistency.CRASH,
                facts,
                firmware);
    }

    private static Explanation whyUnknown(
            SnapshotRequest request, DomainAddress address, boolean tracks) {
        if (!tracks) {
            return LibvirtTexts.explain("no-tracking", address.domain());
        }
        return request.basisToken().isEmpty()
                ? LibvirtTexts.explain("no-basis", address.domain())
                : LibvirtTexts.explain(
                        "checkpoint-lost", address.domain(), request.basisToken().get());
    }

    private static boolean freeze(Domain domain, Map<String, String> facts) throws IOException {
        ProgramRunner.Result result = domain.run("domfsfreeze");
        facts.put(GUEST_AGENT, SourceFacts.fitting(result.lastLine()));
        if (!result.succeeded()) {
            // Some file systems may be held all the same.
            domain.run("domfsthaw");
        }
        return result.succeeded();
    }

    /** Both papers in one command: libvirt begins the view and the checkpoint at one instant. */
    private static ProgramRunner.Result start(
            DomainAddress address,
            Domain domain,
            BackupFolder folder,
            Map<String, String> formats,
            Path socket,
            String checkpoint,
            Optional<String> basis)
            throws IOException {
        StringBuilder backup = new StringBuilder("<domainbackup mode='pull'>");
        basis.ifPresent(it -> backup.append("<incremental>").append(it).append("</incremental>"));
        backup.append("<server transport='unix' socket='").append(socket).append("'/><disks>");
        StringBuilder recorded = new StringBuilder();
        for (String target : formats.keySet()) {
            boolean wanted = address.volumeByTarget().containsKey(target);
            backup.append("<disk name='").append(target);
            recorded.append("<disk name='").append(target);
            if (wanted) {
                backup.append("' backup='yes' type='file' exportname='").append(target);
                basis.ifPresent(_ -> backup.append("' exportbitmap='").append(BITMAP));
                backup.append("'><scratch file='").append(folder.scratch(target));
                backup.append("'/></disk>");
                recorded.append("' checkpoint='bitmap'/>");
            } else {
                backup.append("' backup='no'/>");
                recorded.append("' checkpoint='no'/>");
            }
        }
        backup.append("</disks></domainbackup>");
        String paper = folder.paper("backup.xml", backup.toString()).toString();
        if (checkpoint.isEmpty()) {
            return domain.run("backup-begin", paper);
        }
        String second =
                "<domaincheckpoint><name>"
                        + checkpoint
                        + "</name><disks>"
                        + recorded
                        + "</disks></domaincheckpoint>";
        return domain.run("backup-begin", paper, folder.paper("checkpoint.xml", second).toString());
    }
}
