package org.standfest.replication.pool;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Commands with which a person looks into a volume, read only.
 *
 * @param nativePath where the volume lies in native form; empty when it has to be exported first
 * @param alternatives ways to do it, the best first
 */
public record MountHint(Optional<Path> nativePath, List<Way> alternatives) {

    /** Copies. */
    public MountHint {
        alternatives = List.copyOf(alternatives);
    }

    /**
     * One way.
     *
     * @param tool the program it needs
     * @param mount lines to run in order; {@code /mnt} stands for the mount point
     * @param unmount lines that undo them
     */
    public record Way(String tool, List<String> mount, List<String> unmount) {

        /** Copies. */
        public Way {
            mount = List.copyOf(mount);
            unmount = List.copyOf(unmount);
        }
    }
}
