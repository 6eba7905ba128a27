package org.standfest.hypervisor.libvirt;

import org.standfest.hypervisor.qemu.HostCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs {@code virsh}; the boundary that tests replace. Safe for any thread. */
@FunctionalInterface
public interface Virsh {

    /** The program of this host. */
    Virsh HOST =
            (limit, words) -> {
                try {
                    return HostCommand.run(Path.of("/"), Map.of(), limit, words);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw new IOException("stopped while virsh ran", stopped);
                }
            };

    /**
     * Runs it.
     *
     * @param words the program and its arguments; no shell reads them
     * @throws IOException it could not be started, or the caller was interrupted
     */
    HostCommand.Result run(Duration limit, List<String> words) throws IOException;
}
