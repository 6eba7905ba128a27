package org.standfest.recovery.plans;

import org.standfest.results.Outcome;

/** The primary of the world of files. */
record FolderPrimary(FolderWorld world) implements PrimaryMachine {

    @Override
    public Outcome<Void> canShutDown(String systemId, String agentId) {
        return Outcome.done();
    }

    @Override
    public Outcome<Void> replicate(String systemId, String agentId, HomeMachine.Watch watch) {
        return world.put("copied", true);
    }

    @Override
    public Outcome<Void> shutDown(String systemId, String agentId) {
        return world.put("running-primary", false);
    }

    @Override
    public Outcome<Void> startAgain(String systemId, String agentId) {
        return world.startOnce("primary");
    }

    @Override
    public Outcome<Void> letGo(String systemId, String agentId) {
        return Outcome.done();
    }
}
