package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.Blocks;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a session may begin: everything in the request is a stranger's word. */
final class RequestCheck {

    private static final int MAX_VOLUMES = 64;
    private static final int MAX_DESCRIPTION = 65_536;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern SESSION_KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private RequestCheck() {}

    static void check(PointRequest request, SystemState state) throws Refusal {
        checkEpoch(request, state);
        String newest = state.newest().map(RecoveryPoint::id).orElse("");
        if (!request.basis().orElse("").equals(newest)) {
            throw Refusal.of("pool.basis-differs", newest);
        }
        if (!SESSION_KEY.matcher(request.sessionKey()).matches()) {
            throw Refusal.of("pool.request-wrong", "session key");
        }
        checkVolumes(request, state.newest());
        int size = 0;
        for (Map.Entry<String, String> line : request.description().entrySet()) {
            size += line.getKey().length() + line.getValue().length();
            if (!KEY.matcher(line.getKey()).matches()) {
                throw Refusal.of("pool.request-wrong", "description");
            }
        }
        if (size > MAX_DESCRIPTION) {
            throw Refusal.of("pool.request-wrong", "description");
        }
    }

    /**
     * Asked at the beginning and again at the commit: in between another primary may have taken
     * over.
     */
    static void checkEpoch(PointRequest request, SystemState state) throws Refusal {
        if (request.epoch() < state.epoch()) {
            throw Refusal.of("pool.epoch-old", state.name(), request.epoch(), state.epoch());
        }
        if (request.epoch() > state.epoch()) {
            throw Refusal.of("pool.epoch-ahead", state.name(), request.epoch(), state.epoch());
        }
    }

    private static void checkVolumes(PointRequest request, Optional<RecoveryPoint> newest)
            throws Refusal {
        Set<String> names = new HashSet<>();
        if (request.volumes().isEmpty() || request.volumes().size() > MAX_VOLUMES) {
            throw Refusal.of("pool.request-wrong", "volumes");
        }
        for (PointRequest.Volume volume : request.volumes()) {
            boolean size =
                    volume.kind() == VolumeKind.DISK
                            ? volume.sizeBytes() > 0 && volume.sizeBytes() <= Blocks.MAX_SIZE_BYTES
                            : volume.sizeBytes() == 0;
            if (!Names.isVolume(volume.name()) || !names.add(volume.name()) || !size) {
                throw Refusal.of("pool.request-wrong", "volumes");
            }
            Optional<PooledVolume> known = newest.flatMap(point -> point.volume(volume.name()));
            if (known.isPresent() && known.get().kind() != volume.kind()) {
                throw Refusal.of("pool.volume-kind", volume.name());
            }
        }
        for (PooledVolume known : newest.map(RecoveryPoint::volumes).orElse(java.util.List.of())) {
            if (!names.contains(known.name())) {
                throw Refusal.of("pool.volume-left-out", known.name());
            }
        }
    }
}
