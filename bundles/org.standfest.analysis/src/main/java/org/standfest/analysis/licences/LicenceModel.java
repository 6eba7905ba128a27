package org.standfest.analysis.licences;

import org.standfest.topology.LicenceKind;
import org.standfest.topology.Topology;

import java.util.Map;

/**
 * One way in which licences are counted. Partners add a model by registering an OSGi service of
 * this type; the check of a topology and its analysis then count by it wherever it applies.
 *
 * <p>Terms: both methods are called by any thread, several at the same time, each with a topology
 * of its own, which they only read; references whose target is missing are proxies. A model keeps
 * no state between calls and does no input or output.
 */
public interface LicenceModel {

    /**
     * What identifies the model for good, dotted and in lower case, beginning with the vendor. A
     * topology asks for a model by a licence whose product contains this in square brackets: {@code
     * Acme Recovery [acme.per-site]}.
     */
    String id();

    /** Whether a topology is licensed by this model; as a rule because it asks for it. */
    default boolean appliesTo(Topology topology) {
        String mark = "[" + id() + "]";
        return topology.getLicences().stream()
                .anyMatch(it -> it.getProduct() != null && it.getProduct().contains(mark));
    }

    /**
     * Counts what is needed.
     *
     * @return by kind, each above 0; kinds that are not needed are left out
     */
    Map<LicenceKind, Integer> needed(Topology topology);
}
