package org.standfest.hypervisor.libvirt;

import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs {@code virsh}; the boundary that tests replace. Safe for any thread. */
@FunctionalInterface
public interface Virsh {

    /** The program of this host. */
    Virsh HOST =
            (limit, words) -> {
                try {
                    return new HostPrograms().run(words, limit);
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
    ProgramRunner.Result run(Duration limit, List<String> words) throws IOException;
}
