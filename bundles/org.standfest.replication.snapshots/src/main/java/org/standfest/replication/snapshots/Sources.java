package org.standfest.replication.snapshots;

import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Presence.State;
import org.standfest.replication.source.VolumeSource;

import java.nio.file.Files;
import java.nio.file.Path;

/** Whether files and folders of this host are there. */
final class Sources {

    private Sources() {}

    static Presence presence(VolumeSource volume) {
        Path path = Path.of(volume.address());
        boolean there =
                volume.kind() == VolumeKind.TREE
                        ? Files.isDirectory(path)
                        : Files.exists(path) && !Files.isDirectory(path);
        if (there) {
            return new Presence(State.THERE, Texts.explain("there", volume.address()));
        }
        // Neither exists nor does not exist: a folder on the way cannot be entered, or a device
        // does not answer.
        return Files.notExists(path)
                ? new Presence(State.GONE, Texts.explain("gone", volume.address()))
                : new Presence(State.UNKNOWN, Texts.explain("unknown", volume.address()));
    }
}
