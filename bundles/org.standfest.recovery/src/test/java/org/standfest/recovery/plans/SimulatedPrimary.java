package org.standfest.recovery.plans;

import org.standfest.results.Outcome;

/** The primary of the simulated world, behind a line that can be cut. */
final class SimulatedPrimary implements PrimaryMachine {

    private final SimulatedWorld world;

    SimulatedPrimary(SimulatedWorld world) {
        this.world = world;
    }

    @Override
    public Outcome<Void> canShutDown(String systemId, String agentId) {
        return world.overLine(() -> {});
    }

    @Override
    public Outcome<Void> replicate(String systemId, String agentId, HomeMachine.Watch watch) {
        world.users();
        return world.overLine(
                () -> {
                    if (!world.holds.isEmpty()) {
                        throw new AssertionError("replicated over a held point");
                    }
                    world.poolData.addAll(world.primaryData);
                });
    }

    @Override
    public Outcome<Void> shutDown(String systemId, String agentId) {
        world.users();
        return world.overLine(() -> world.primaryAlive = false);
    }

    @Override
    public Outcome<Void> startAgain(String systemId, String agentId) {
        return world.overLine(() -> world.primaryAlive = true);
    }

    @Override
    public Outcome<Void> letGo(String systemId, String agentId) {
        return world.overLine(
                () -> {
                    if (world.primaryAlive) {
                        throw new AssertionError("let go while it serves");
                    }
                });
    }
}
