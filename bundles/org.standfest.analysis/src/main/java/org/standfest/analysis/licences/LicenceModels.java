package org.standfest.analysis.licences;

import org.standfest.topology.LicenceKind;
import org.standfest.topology.Topology;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which model counts a topology: none where a licence of the kind "custom" says that a contract of
 * its own covers it, else the first of the partners' that applies, else the one that comes along.
 * Immutable.
 *
 * @param partners those that were registered
 */
public record LicenceModels(List<LicenceModel> partners) {

    /** Copies. */
    public LicenceModels {
        partners = List.copyOf(partners);
    }

    /** Those that come along, and no partner's. */
    public static LicenceModels builtIn() {
        return new LicenceModels(List.of());
    }

    /** The model of a topology; empty where licences are not counted. */
    public Optional<LicenceModel> of(Topology topology) {
        boolean custom =
                topology.getLicences().stream()
                        .anyMatch(it -> it.getKind() == LicenceKind.CUSTOM && it.getCount() > 0);
        return custom
                ? Optional.empty()
                : Stream.concat(
                                partners.stream(),
                                Stream.of(new SystemLicences(), new StandbyLicences()))
                        .filter(it -> it.appliesTo(topology))
                        .findFirst();
    }
}
