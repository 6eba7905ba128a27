package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.analysis.licences.LicenceModel;
import org.standfest.analysis.licences.LicenceModels;
import org.standfest.results.Finding;
import org.standfest.topology.Licence;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Topology;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Enough licences, none expired. How many are needed says the {@link LicenceModel} of the topology;
 * a licence of the kind "custom" switches the count off.
 */
public final class LicenceRule implements TopologyRule {

    private static final int SOON_DAYS = 90;

    private final Clock clock;
    private final Supplier<LicenceModels> models;

    /**
     * @param clock tells what has expired
     * @param models asked anew for each topology
     */
    public LicenceRule(Clock clock, Supplier<LicenceModels> models) {
        this.clock = clock;
        this.models = models;
    }

    @Override
    public String id() {
        return "standfest.licence";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        LocalDate today = LocalDate.now(clock);
        topology.getLicences().forEach(it -> validity(it, today, report));
        Map<LicenceKind, Integer> held = held(topology, today);
        Optional<LicenceModel> model = models.get().of(topology);
        if (model.isEmpty() || held.containsKey(LicenceKind.CUSTOM)) {
            return;
        }
        Map<LicenceKind, Integer> needed = model.get().needed(topology);
        for (LicenceKind kind : LicenceKind.values()) {
            int missing = needed.getOrDefault(kind, 0) - held.getOrDefault(kind, 0);
            if (missing > 0) {
                report.error(
                        topology,
                        "licence.missing",
                        missing,
                        kind.getLiteral(),
                        needed.getOrDefault(kind, 0));
            } else if (missing < 0 && kind != LicenceKind.THIRD_PARTY) {
                report.hint(topology, "licence.surplus", -missing, kind.getLiteral());
            }
        }
    }

    private static void validity(Licence licence, LocalDate today, Reporter report) {
        LocalDate end = end(licence);
        if (end != null && end.isBefore(today)) {
            report.error(licence, "licence.expired", licence.getValidUntil());
        } else if (end != null && end.isBefore(today.plusDays(SOON_DAYS))) {
            report.warning(licence, "licence.expires", licence.getValidUntil());
        }
    }

    private static LocalDate end(Licence licence) {
        try {
            return licence.getValidUntil() == null
                    ? null
                    : LocalDate.parse(licence.getValidUntil());
        } catch (DateTimeParseException _) {
            return null; // the range rule tells
        }
    }

    private static Map<LicenceKind, Integer> held(Topology topology, LocalDate today) {
        Map<LicenceKind, Integer> held = new EnumMap<>(LicenceKind.class);
        for (Licence licence : topology.getLicences()) {
            LocalDate end = end(licence);
            if (end == null || !end.isBefore(today)) {
                held.merge(licence.getKind(), licence.getCount(), Integer::sum);
            }
        }
        return held;
    }
}
