package org.standfest.topology.files.internal;

import java.util.Map;

/**
 * Version 1 to 2: the objectives of a service were minutes ({@code rtoMinutes}, {@code rpoMinutes},
 * {@code mtpdMinutes}); mirrored data centres come back within seconds, so they became seconds.
 */
final class ObjectivesInSeconds implements Migration {

    private static final Map<String, String> RENAMED =
            Map.of(
                    "rtoMinutes", "rtoSeconds",
                    "rpoMinutes", "rpoSeconds",
                    "mtpdMinutes", "mtpdSeconds");
    private static final int SECONDS_PER_MINUTE = 60;

    @Override
    public int fromVersion() {
        return 1;
    }

    @Override
    public void apply(RawElement root) throws Unusable {
        for (RawElement service : root.children()) {
            if (service.name().equals("service")) {
                for (Map.Entry<String, String> names : RENAMED.entrySet()) {
                    carryOver(service, names.getKey(), names.getValue());
                }
            }
        }
    }

    private static void carryOver(RawElement service, String minutesName, String secondsName)
            throws Unusable {
        String minutes = service.remove(minutesName);
        if (minutes == null) {
            return;
        }
        try {
            int seconds = Math.multiplyExact(Integer.parseInt(minutes), SECONDS_PER_MINUTE);
            if (service.has(secondsName)) {
                throw new Unusable(service, secondsName);
            }
            service.add(secondsName, Integer.toString(seconds));
        } catch (NumberFormatException | ArithmeticException _) {
            throw new Unusable(service, minutesName);
        }
    }
}
