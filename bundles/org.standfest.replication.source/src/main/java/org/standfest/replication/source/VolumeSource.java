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
