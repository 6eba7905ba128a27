package org.standfest.hypervisor.qemu;

import org.standfest.replication.source.Consistency;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The frozen disks of a running machine. */
final class QmpSnapshot implements Snapshot {

    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

    private final QmpAddress address;
    private final Instant takenAt;
    private final Optional<String> basisToken;
    private final Map<String, NbdDiskView> views;
    private final Map<String, String> machine;
    private final Map<String, byte[]> attachments;
    private final ScratchFolder scratch;
    private final Consistency consistency;
    private final Map<String, String> facts;
    private boolean tornDown;
    private boolean settled;

    /**
     * @param views by volume
     * @param scratch with everything temporary
     */
    QmpSnapshot(
            QmpAddress address,
            Instant takenAt,
            Optional<String> basisToken,
            Map<String, NbdDiskView> views,
            Map<String, String> machine,
            Map<String, byte[]> attachments,
            ScratchFolder scratch,
            Consistency consistency,
            Map<String, String> facts) {
        this.address = address;
        this.takenAt = takenAt;
        this.basisToken = basisToken;
        this.views = views;
        this.machine = machine;
        this.attachments = attachments;
        this.scratch = scratch;
        this.consistency = consistency;
        this.facts = Map.copyOf(facts);
    }

    @Override
    public Instant takenAt() {
        return takenAt;
    }

    @Override
    public DiskView disk(String volume) {
        DiskView view = views.get(volume);
        if (view == null) {
            throw new IllegalArgumentException("no disk " + volume);
        }
        return view;
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
        return machine;
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
        try (QmpClient qmp = new QmpClient(address.socket(), CALL_LIMIT)) {
            tearDown(qmp);
            List<DiskNode> disks =
                    new ArrayList<>(DiskNode.query(qmp, address.volumeByNode()).values());
            switch (settlement) {
                case Settlement.Committed(String token) -> ChangeTracking.commit(qmp, disks, token);
                case Settlement.Abandoned _ -> ChangeTracking.tidy(qmp, disks, basisToken);
            }
        } catch (IOException machineGone) {
            // With the machine its record of changes is gone too; the next snapshot finds out and
            // says so.
        }
    }

    @Override
    public void close() {
        if (!settled) {
            settle(new Settlement.Abandoned());
        }
        views.values().forEach(NbdDiskView::close);
        scratch.close();
    }

    private void tearDown(QmpClient qmp) throws IOException {
        if (!tornDown) {
            tornDown = true;
            views.values().forEach(NbdDiskView::close);
            Fleecing.tearDown(qmp, address.volumeByNode().keySet());
            scratch.close();
        }
    }
}
