package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.StepRun;

import java.util.HashMap;
import java.util.Map;

/** What a return's request says about the machine it goes to. */
final class LandingPlace {

    private LandingPlace() {}

    /** Settings of the landing place. */
    static Map<String, String> options(StepRun run) {
        Map<String, String> options = new HashMap<>();
        for (String name : run.fact(Facts.OPTION_NAMES).orElse("").split(",")) {
            run.fact(Facts.OPTION + name).ifPresent(value -> options.put(name, value));
        }
        return options;
    }
}
