package org.standfest.topology.files.internal;

import org.standfest.results.Catalog;

import java.util.List;

/** All format versions there ever were, and the way from each to the newest. */
public final class Migrations {

    /** What is written today. */
    public static final int CURRENT_VERSION = 2;

    /** Where the file says its version. */
    static final String VERSION_ATTRIBUTE = "format";

    /** In the order of versions, without a gap. */
    private static final List<Migration> STEPS = List.of(new ObjectivesInSeconds());

    private Migrations() {}

    /**
     * Brings a file to the current version and takes the version attribute off its root.
     *
     * @return the version it had
     * @throws Refusal when it has none, or one that this code does not know
     */
    public static int upgrade(RawElement root, Catalog texts, String fileName) throws Refusal {
        String stated = root.remove(VERSION_ATTRIBUTE);
        if (stated == null || !stated.matches("[1-9][0-9]{0,8}")) {
            String shown = stated == null ? "" : stated;
            throw Places.refuse(texts, "topology.file.no-version", fileName, root, shown);
        }
        int version = Integer.parseInt(stated);
        if (version > CURRENT_VERSION) {
            throw Places.refuse(
                    texts, "topology.file.newer", fileName, root, version, CURRENT_VERSION);
        }
        for (Migration step : STEPS) {
            if (step.fromVersion() >= version) {
                apply(step, root, texts, fileName);
            }
        }
        return version;
    }

    private static void apply(Migration step, RawElement root, Catalog texts, String fileName)
            throws Refusal {
        try {
            step.apply(root);
        } catch (Migration.Unusable fault) {
            throw Places.refuse(
                    texts,
                    "topology.file.unmigratable",
                    fileName,
                    fault.element(),
                    fault.attribute(),
                    step.fromVersion(),
                    step.fromVersion() + 1);
        }
    }
}
