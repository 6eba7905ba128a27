package org.standfest.recovery.plans;

import org.standfest.probe.Verdict;

import java.util.List;

/** Everybody who can say whether a system's old machine lives or its addresses are taken. */
@FunctionalInterface
public interface Witnesses {

    /** Asks all of them, within about two seconds; never throws. */
    List<Verdict> ask(String systemId);
}
