package org.standfest.topology.check.internal;

import org.standfest.analysis.QuickFix;
import org.standfest.results.Finding;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Fixes as a table of codes. Without state. */
abstract class KnownFixes implements QuickFix {

    private static final String PREFIX = "check.";

    private final String key;
    private final Map<String, Consumer<Case>> known;

    /**
     * @param key the last part of its id
     * @param known what proposes for which code, without the codes' common prefix
     */
    KnownFixes(String key, Map<String, Consumer<Case>> known) {
        this.key = key;
        this.known = Map.copyOf(known);
    }

    @Override
    public final String id() {
        return "standfest.fix." + key;
    }

    @Override
    public final Set<String> codes() {
        return known.keySet().stream().map(it -> PREFIX + it).collect(Collectors.toSet());
    }

    @Override
    public final List<Proposal> proposals(Topology topology, Element element, Finding finding) {
        Case asked = new Case(topology, element, finding);
        String code = finding.explanation().code().substring(PREFIX.length());
        known.getOrDefault(code, _ -> {}).accept(asked);
        return asked.proposals();
    }
}
