package org.standfest.designer.ui.internal.bench;

import java.util.Locale;

/**
 * What one action took.
 *
 * @param nodes how large the topology was
 * @param action what was done
 * @param wallMillisMedian half of the runs took at most so long, until the picture was complete
 * @param wallMillisP99 of a hundred runs ninety-nine took at most so long
 * @param uiCpuMillis processor time of the user interface thread, in the mean
 * @param xCpuMillis processor time of the X server, in the mean; negative where it is not known
 */
record BenchRow(
        int nodes,
        String action,
        double wallMillisMedian,
        double wallMillisP99,
        double uiCpuMillis,
        double xCpuMillis) {

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"nodes\":%d,\"action\":\"%s\",\"wall_ms_median\":%.2f,\"wall_ms_p99\":%.2f,"
                        + "\"ui_cpu_ms\":%.2f,\"x_cpu_ms\":%.2f}",
                nodes,
                action,
                wallMillisMedian,
                wallMillisP99,
                uiCpuMillis,
                xCpuMillis);
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%7d  %-22s median %8.2f ms   p99 %8.2f ms   ui cpu %8.2f ms   x cpu %8.2f ms",
                nodes,
                action,
                wallMillisMedian,
                wallMillisP99,
                uiCpuMillis,
                xCpuMillis);
    }
}
