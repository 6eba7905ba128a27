package org.standfest.adaptation;

import org.standfest.hypervisor.MachineDescription;

import java.util.List;
import java.util.Objects;

/**
 * What came of an adaptation.
 *
 * @param machine what to start now
 * @param changes what was changed in the image, for experts and the journal: at most 64 lines of at
 *     most 200 characters; empty if nothing had to be
 */
public record Adapted(MachineDescription machine, List<String> changes) {

    private static final int MOST = 64;
    private static final int LONGEST = 200;

    /** Keeps the limits: what is longer is cut. */
    public Adapted {
        Objects.requireNonNull(machine);
        changes =
                changes.stream()
                        .limit(MOST)
                        .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) : line)
                        .toList();
    }
}
