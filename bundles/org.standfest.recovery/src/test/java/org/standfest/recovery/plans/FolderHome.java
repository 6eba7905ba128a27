package org.standfest.recovery.plans;

import org.standfest.results.Outcome;

import java.util.Map;

/** The new machine of the world of files. */
record FolderHome(FolderWorld world) implements HomeMachine {

    @Override
    public Outcome<Void> ready(String systemId, String agentId) {
        return Outcome.done();
    }

    @Override
    public Outcome<Void> copyBulk(
            String systemId,
            String agentId,
            String returnId,
            String target,
            Map<String, String> options,
            Watch watch) {
        return world.put("home-bulk", true);
    }

    @Override
    public Outcome<Void> copyFinal(String systemId, String agentId, String returnId, Watch watch) {
        return world.put("home-final", true);
    }

    @Override
    public Outcome<Void> start(String systemId, String agentId, String returnId) {
        return world.startOnce("home");
    }

    @Override
    public Outcome<Void> undo(String systemId, String agentId, String returnId, boolean discard) {
        return world.put("running-home", false);
    }

    @Override
    public Outcome<Void> replicate(String systemId, String agentId, long epoch, Watch watch) {
        return world.put("copied", true);
    }
}
