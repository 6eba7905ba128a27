package org.standfest.replication.snapshots;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Provider {@code block}: block devices as they are, without any snapshot. Right for a device that
 * nobody writes to meanwhile: unmounted, or held by a freeze script until the session has ended. An
 * address is the path of the device.
 */
@Component(service = SnapshotProvider.class)
public final class BlockDeviceProvider implements SnapshotProvider {

    private final InstantSource clock;

    /** On this host. */
    @Activate
    public BlockDeviceProvider() {
        this(InstantSource.system());
    }

    /**
     * @param clock tells when reading began
     */
    public BlockDeviceProvider(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "block";
    }

    @Override
    public Presence presence(VolumeSource volume) {
        return Sources.presence(volume);
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        TakenDevices taken = new TakenDevices(clock.instant(), false);
        for (VolumeSource volume : request.volumes()) {
            Path device = Path.of(volume.address());
            boolean fits =
                    volume.kind() == VolumeKind.DISK
                            && volume.provider().equals(kind())
                            && Files.exists(device)
                            && !Files.isDirectory(device)
                            && !Files.isRegularFile(device);
            if (!fits) {
                taken.close();
                return Texts.refuse("no-file", volume.name(), volume.address());
            }
            try {
                taken.disk(volume.name(), new DeviceView(volume.name(), device), kind());
            } catch (IOException fault) {
                taken.close();
                return Texts.fail(
                        fault, "device-changed", volume.name(), volume.address(), Texts.of(fault));
            }
        }
        return Outcome.done(taken);
    }
}
