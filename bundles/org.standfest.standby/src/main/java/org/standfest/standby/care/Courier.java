package org.standfest.standby.care;

import org.standfest.replication.engine.ReplicateHandler;
import org.standfest.replication.engine.SessionListener;
import org.standfest.replication.engine.courier.CourierInput;
import org.standfest.replication.engine.courier.CourierReplay;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes first copies from courier disks: sessions that an agent has recorded and encrypted for this
 * standby, with a signed sheet. They are served as if they came over a line, so every block is
 * checked by the pool, and the roots have to be those of the sheet. An import that was broken off
 * goes on with what is there. Safe for any thread.
 */
final class Courier {

    private final ImagePool pool;
    private final CourierTrust trust;
    private final Clock clock;

    Courier(ImagePool pool, CourierTrust trust, Clock clock) {
        this.pool = pool;
        this.trust = trust;
        this.clock = clock;
    }

    /** Takes what is in a folder. */
    Outcome<Tasks.Result> take(Path folder, Tasks.Watch watch) {
        return CourierSheet.read(folder, trust)
                .then(
                        sheet ->
                                trust.key(sheet.key())
                                        .then(key -> admitted(folder, sheet, key, watch)));
    }

    private Outcome<Tasks.Result> admitted(
            Path folder, CourierSheet sheet, byte[] key, Tasks.Watch watch) {
        String systemId = sheet.systemId();
        if (pool.system(systemId).flatMap(PooledSystem::newest).isPresent()) {
            return Outcome.refused(CareTexts.explain("care.has-points", systemId));
        }
        return trust.claim(sheet.agentId(), systemId)
                .then(_ -> pool.addSystem(systemId, sheet.name()))
                .then(_ -> played(folder, sheet, key, watch))
                .then(_ -> made(systemId));
    }

    private Outcome<String> played(Path folder, CourierSheet sheet, byte[] key, Tasks.Watch watch) {
        ReplicateHandler handler =
                new ReplicateHandler(
                        pool,
                        (agent, systemId) -> trust.claim(agent.id(), systemId),
                        SessionListener.NONE,
                        clock);
        CourierReplay.Told told =
                chunks -> {
                    watch.report(chunks, sheet.chunks());
                    return !watch.cancelled();
                };
        try (CourierInput input = new CourierInput(folder, key, sheet.chunks())) {
            return new CourierReplay(
                            input,
                            new CourierReplay.Expected(
                                    sheet.agentId(), sheet.systemId(), sheet.roots()),
                            told)
                    .play(handler::serve);
        } catch (IOException fault) {
            return Outcome.failed(CareTexts.explain("care.cannot-read", folder), fault);
        }
    }

    private Outcome<Tasks.Result> made(String systemId) {
        RecoveryPoint point = pool.system(systemId).flatMap(PooledSystem::newest).orElseThrow();
        Map<String, String> facts = new HashMap<>();
        facts.put("system", systemId);
        facts.put("point", Long.toString(point.number()));
        facts.put("checkedBytes", Long.toString(size(point)));
        return Outcome.done(new Tasks.Result(List.of(), facts));
    }

    private static long size(RecoveryPoint point) {
        return point.volumes().stream().mapToLong(PooledVolume::sizeBytes).sum();
    }
}
