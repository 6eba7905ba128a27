package org.standfest.replication.source;

import org.standfest.replication.protocol.VolumeKind;

import java.util.Map;
import java.util.Objects;

/**
 * Where one volume of a protected system is found.
 *
 * <p>Immutable. Options are read by the provider or by the replication engine; unknown ones are
 * ignored. The engine knows {@link #EXCLUDE} for trees.
 *
 * @param name the volume's name, unique in its system and stable for its life, at most 64
 *     characters of {@code [a-z0-9._-]}
 * @param kind disk or tree
 * @param provider the {@link SnapshotProvider#kind()} that can take it, for example {@code file} or
 *     {@code qmp}
 * @param address what the provider needs to find it, for example {@code PATH} or {@code
 *     SOCKET#NODE}
 * @param options further settings of the provider, at most {@value #OPTIONS_LIMIT}
 */
public record VolumeSource(
        String name,
        VolumeKind kind,
        String provider,
        String address,
        Map<String, String> options) {

    /** How many options a volume may have. */
    public static final int OPTIONS_LIMIT = 64;

    /**
     * Option of a tree: patterns of relative paths that are left out, one a line, {@code *}, {@code
     * **} and {@code ?}.
     */
    public static final String EXCLUDE = "exclude";

    /**
     * Option of a tree: {@link #CROSS_MOUNTS} takes what is mounted below with it; otherwise a
     * mount point is an empty directory.
     */
    public static final String MOUNTS = "mounts";

    /** Value of {@link #MOUNTS}. */
    public static final String CROSS_MOUNTS = "cross";

    /**
     * Option of any volume: the program that brings its application to rest before the snapshots of
     * the system are taken, with arguments, words separated by blanks, one in double quotes may
     * hold blanks. No shell reads it. Exit code 0: at rest.
     */
    public static final String FREEZE = "freeze";

    /**
     * Option of any volume: the program that lets the application go on. Runs after every attempt
     * to freeze, also after one that failed, was cancelled or was cut short by the death of the
     * agent, so it must do no harm to an application that is not at rest.
     */
    public static final String THAW = "thaw";

    /** Option: how long {@link #FREEZE} may run, 1 to 3600 seconds; {@code 30} without it. */
    public static final String FREEZE_SECONDS = "freezeSeconds";

    /** Option: how long {@link #THAW} may run, 1 to 3600 seconds; {@code 30} without it. */
    public static final String THAW_SECONDS = "thawSeconds";

    /** Checks and copies. */
    public VolumeSource {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(provider);
        Objects.requireNonNull(address);
        options = Map.copyOf(options);
        if (options.size() > OPTIONS_LIMIT) {
            throw new IllegalArgumentException("more than " + OPTIONS_LIMIT + " options");
        }
    }

    /** A volume without further settings. */
    public VolumeSource(String name, VolumeKind kind, String provider, String address) {
        this(name, kind, provider, address, Map.of());
    }
}
