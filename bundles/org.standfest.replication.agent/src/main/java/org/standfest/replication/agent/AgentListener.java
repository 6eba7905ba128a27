package org.standfest.replication.agent;

import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.Map;

/** Is told what a resident agent does. Any thread, must return at once. */
public interface AgentListener {

    /** Nobody listens. */
    AgentListener NONE = new AgentListener() {};

    /** The standing line to the standby stands. */
    default void connected(String host, int port) {}

    /** It does not. */
    default void disconnected(Explanation why) {}

    /** The list of protected systems is as it is now. */
    default void systems(int count) {}

    /** The recovery point objective of a system is at risk or missed. */
    default void objective(String systemId, Explanation why) {}

    /** A session or a step of a return begins. */
    default void began(String what, String systemId) {}

    /** How far it is, every few megabytes. */
    default void progress(String what, String systemId, long done, long total) {}

    /** How it ended. */
    default void ended(String what, String systemId, Outcome<Map<String, String>> result) {}
}
