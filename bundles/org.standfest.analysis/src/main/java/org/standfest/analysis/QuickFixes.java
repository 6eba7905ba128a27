package org.standfest.analysis;

import org.standfest.results.Finding;
import org.standfest.topology.Topology;

import java.util.List;

/**
 * All ways out of findings that there are. Offered as an OSGi service; not for partners to
 * implement, see {@link QuickFix}. Called on the thread of the topology.
 */
public interface QuickFixes {

    /** The most proposals for one finding. */
    int PROPOSALS_MAX = 6;

    /**
     * The ways out of a finding, the best first.
     *
     * @param topology as it is now
     * @param finding of this topology; where its element is gone, nothing is proposed
     */
    List<QuickFix.Proposal> proposals(Topology topology, Finding finding);
}
