package org.standfest.hypervisor.libvirt;

import org.standfest.hypervisor.qemu.ServedDisk;
import org.standfest.replication.source.Consistency;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The frozen disks of a running libvirt machine: a backup job that is read. */
final class LibvirtSnapshot implements Snapshot {

    private final Domain domain;
    private final BackupFolder folder;
    private final Path socket;
    private final Instant takenAt;
    private final Map<String, ServedDisk> disks;
    private final Optional<String> checkpoint;
    private final Consistency consistency;
    private final Map<String, String> facts;
    private final Map<String, byte[]> attachments;
    private boolean settled;
    private boolean ended;

    /**
     * @param socket on which this job serves; it is ours as long as it does
     * @param disks by volume
     * @param checkpoint what records changes since this instant; empty: nothing does
     */
    LibvirtSnapshot(
            Domain domain,
            BackupFolder folder,
            Path socket,
            Instant takenAt,
            Map<String, ServedDisk> disks,
            Optional<String> checkpoint,
            Consistency consistency,
            Map<String, String> facts,
            Map<String, byte[]> attachments) {
        this.domain = domain;
        this.folder = folder;
        this.socket = socket;
        this.takenAt = takenAt;
        this.disks = disks;
        this.checkpoint = checkpoint;
        this.consistency = consistency;
        this.facts = Map.copyOf(facts);
        this.attachments = attachments;
    }

    @Override
    public Instant takenAt() {
        return takenAt;
    }

    @Override
    public DiskView disk(String volume) {
        ServedDisk disk = disks.get(volume);
        if (disk == null) {
            throw new IllegalArgumentException("no disk " + volume);
        }
        return disk.view();
    }

    @Override
    public Path tree(String volume) {
        throw new IllegalArgumentException("no tree " + volume);
    }

    @Override
    public boolean frozen() {
        return true;
    }

    @Override
    public Consistency consistency() {
        return consistency;
    }

    @Override
    public Map<String, String> facts() {
        return facts;
    }

    @Override
    public Map<String, String> machine() {
        return Map.of();
    }

    @Override
    public Map<String, byte[]> attachments() {
        return attachments;
    }

    @Override
    public void settle(Settlement settlement) {
        if (settled) {
            return;
        }
        settled = true;
        try {
            if (!endJob()) {
                return;
            }
            if (checkpoint.isPresent()
                    && settlement instanceof Settlement.Committed(String token)) {
                // First noted, then the former goes: a kill between loses nothing.
                folder.remember(token, checkpoint.get());
            }
            LibvirtSnapshotProvider.tidy(domain, folder);
        } catch (IOException lost) {
            // The next snapshot does not find its basis, or a checkpoint too many, and tidies up.
        }
    }

    /** Whether the job was still ours to end. */
    private boolean endJob() throws IOException {
        if (ended) {
            return false;
        }
        ended = true;
        disks.values().forEach(ServedDisk::close);
        boolean ours = domain.backupJob().contains("'" + socket + "'");
        if (ours) {
            domain.endBackupJob();
        }
        return ours;
    }

    @Override
    public void close() {
        settle(new Settlement.Abandoned());
        disks.values().forEach(ServedDisk::close);
    }
}
