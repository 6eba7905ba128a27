package org.standfest.analysis.commands;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of the bench's table.
 *
 * @param name the case
 * @param must what has to be reached
 * @param aim what should be reached, or empty
 * @param measured what was found
 * @param verdict what that means
 * @param figures the same as numbers
 */
record BenchRow(
        String name,
        String must,
        String aim,
        String measured,
        Verdict verdict,
        Map<String, Object> figures) {

    /** What was reached. */
    enum Verdict {
        AIM,
        MUST,
        MISSED,
        SHOWN;

        /** By whether both were kept. */
        static Verdict of(boolean must, boolean aim) {
            if (!must) {
                return MISSED;
            }
            return aim ? AIM : MUST;
        }
    }

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("case", name);
        all.put("must", must);
        all.put("aim", aim);
        all.put("measured", measured);
        if (verdict != Verdict.SHOWN) {
            all.put("mustKept", verdict != Verdict.MISSED);
            if (!aim.isEmpty()) {
                all.put("aimReached", verdict == Verdict.AIM);
            }
        }
        all.putAll(figures);
        return all;
    }

    /** As a line of a table in Markdown. */
    String line() {
        String kept =
                switch (verdict) {
                    case AIM -> aim.isEmpty() ? "kept" : "aim reached";
                    case MUST -> "kept";
                    case MISSED -> "MISSED";
                    case SHOWN -> "";
                };
        return "| %s | %s | %s | %s | %s |".formatted(name, must, aim, measured, kept);
    }
}
