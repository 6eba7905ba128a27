package org.standfest.analysis;

import org.standfest.results.Finding;
import org.standfest.topology.Topology;

import java.util.function.Consumer;

/**
 * One thing to look for in a topology. Partners add a rule by registering an OSGi service of this
 * type; nothing else is needed.
 *
 * <p>Terms: {@link #examine} is called on a background thread, for several topologies one after the
 * other and perhaps by several threads at the same time, each with a topology of its own; a rule
 * keeps no state between calls. It only reads the topology. References whose target is missing are
 * proxies ({@code eIsProxy()}) and have no content; optional figures are {@code null}. A rule takes
 * time about proportional to the number of elements (100,000 elements in a second) and does no
 * input or output. What it finds it hands over at once; the order does not matter. An exception is
 * a bug of the rule: the report then says that this rule broke, the other rules go on.
 */
public interface TopologyRule {

    /**
     * What identifies the rule for good, dotted and in lower case, beginning with the vendor:
     * {@code standfest.address}.
     */
    String id();

    /**
     * Looks for it.
     *
     * @param topology the whole
     * @param findings takes each finding; every finding names an element, what is wrong, why it
     *     matters and what to do, in English and German
     */
    void examine(Topology topology, Consumer<Finding> findings);
}
