package org.standfest.recovery.plans;

import org.standfest.recovery.StepRun;

/** Passes progress and cancellation of a step on. */
record StepWatch(StepRun run) implements HomeMachine.Watch {

    static HomeMachine.Watch of(StepRun run) {
        return new StepWatch(run);
    }

    @Override
    public void progress(long done, long total) {
        run.progress(done, total);
    }

    @Override
    public void moved(long bytes) {
        run.moved(bytes);
    }

    @Override
    public boolean cancelled() {
        return run.cancelled();
    }
}
