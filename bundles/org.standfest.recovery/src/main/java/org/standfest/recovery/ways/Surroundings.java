package org.standfest.recovery.ways;

import org.standfest.management.ReplacementModel;
import org.standfest.recovery.Course;
import org.standfest.results.Outcome;

import java.util.Map;
import java.util.Optional;

/** What the ways look at. Safe for any thread; may block for some seconds. */
public interface Surroundings {

    /**
     * How this standby replaces systems.
     *
     * @return failed when what was set cannot be read: nothing counts as unlimited then
     */
    Outcome<ReplacementModel> model();

    /** The courses of all systems. */
    Map<String, Course> courses();

    /** Whether an address answers just now. */
    boolean answers(String address);

    /**
     * Whether this host stands in a network: one of its own interfaces has an address in it.
     *
     * @param network {@code 192.0.2.0/24}
     */
    boolean standsIn(String network);

    /** Whether an agent is connected. */
    boolean connected(String agentId);

    /** The agent that protects a system, if one was heard of. */
    Optional<String> protector(String systemId);
}
