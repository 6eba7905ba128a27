package org.standfest.designer.ui.internal.steps;

import org.standfest.designer.ui.internal.document.AnalysisState;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.results.Severity;
import org.standfest.topology.Host;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be seen of a first design.
 *
 * @param document in front; empty if none
 * @param views identities of the views that have been opened
 */
record Situation(Optional<TopologyDocument> document, Set<String> views) {

    private static final int SITES = 3;
    private static final int HOSTS = 2;
    private static final int SYSTEMS = 2;

    /** The steps that are done, in any order. */
    List<Step> done() {
        return document.map(
                        it ->
                                List.of(Step.values()).stream()
                                        .filter(step -> isDone(step, it))
                                        .toList())
                .orElse(List.of());
    }

    private boolean isDone(Step step, TopologyDocument open) {
        Topology topology = open.topology();
        return switch (step) {
            case SHEET -> true;
            case SITES -> topology.getSites().size() >= SITES;
            case HOSTS -> sitesWithHosts(topology).size() >= HOSTS;
            case POWER ->
                    !sitesWithHosts(topology).isEmpty()
                            && sitesWithHosts(topology).stream()
                                    .allMatch(it -> !it.getPowerFeeds().isEmpty());
            case SYSTEMS -> placed(topology) >= SYSTEMS;
            case PAIR -> topology.getProtections().stream().anyMatch(Situation::isWhole);
            case SERVICE ->
                    topology.getServices().stream()
                            .anyMatch(
                                    it ->
                                            it.getRtoSeconds() != null
                                                    && it.getDependencies().stream()
                                                            .anyMatch(
                                                                    need ->
                                                                            !need.getTargets()
                                                                                    .isEmpty()));
            case FINDINGS ->
                    !topology.getServices().isEmpty() && open.report().count(Severity.ERROR) == 0;
            case WHAT_IF -> views.contains(Step.WHAT_IF_VIEW);
            case AVAILABILITY ->
                    !topology.getServices().isEmpty()
                            && open.analysis().state().phase() == AnalysisState.Phase.READY;
            case SAVE -> open.file().isPresent() && !open.dirty();
        };
    }

    private static Set<Site> sitesWithHosts(Topology topology) {
        return topology.getSites().stream()
                .filter(it -> !it.getHosts().isEmpty())
                .collect(Collectors.toSet());
    }

    private static long placed(Topology topology) {
        return topology.getVirtualMachines().stream()
                .map(VirtualMachine::getHost)
                .filter(Host.class::isInstance)
                .count();
    }

    private static boolean isWhole(Object protection) {
        return protection instanceof MirrorPair pair
                && pair.getFirstHost() != null
                && pair.getSecondHost() != null
                && pair.getFirstHost().getSite() != pair.getSecondHost().getSite();
    }
}
