package org.standfest.standby.care;

import org.standfest.replication.pool.Progress;

/**
 * Progress of one system within that of several.
 *
 * @param before bytes of those that are done
 */
record Shifted(Tasks.Watch watch, long before) implements Progress {

    @Override
    public void report(long doneBytes, long totalBytes) {
        watch.report(before + doneBytes, totalBytes <= 0 ? 0 : before + totalBytes);
    }

    @Override
    public boolean cancelled() {
        return watch.cancelled();
    }
}
