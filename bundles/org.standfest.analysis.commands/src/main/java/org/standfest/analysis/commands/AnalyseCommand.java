package org.standfest.analysis.commands;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.availability.AvailabilityAnalyzer;
import org.standfest.analysis.availability.AvailabilityReport;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.UncertaintyBand;
import org.standfest.analysis.availability.Unit;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.files.LoadedTopology;
import org.standfest.topology.files.TopologyFiles;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code standfest analyse}: how available the services of a topology are, what brings them down,
 * and what would happen if something were lost.
 */
@Component(service = Command.class)
public final class AnalyseCommand implements Command {

    private static final Catalog TEXTS = Catalog.beside(AnalyseCommand.class);
    private static final int LISTED_MAX = 10_000;
    private static final int LISTED = 5;
    private static final int DRAWS_MIN = 20;
    private static final int DRAWS_MAX = 1_000_000;
    private static final long SEED = 1;

    /** Called by Declarative Services. */
    @Activate
    public AnalyseCommand() {}

    @Override
    public String verb() {
        return "analyse";
    }

    @Override
    public String summary(Locale locale) {
        return TEXTS.text(locale, "analyse.summary");
    }

    @Override
    public String usage(Locale locale) {
        return TEXTS.text(locale, "analyse.usage");
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments =
                Arguments.read(
                        call.arguments(),
                        Set.of("service", "cut-sets", "what-if", "uncertainty"),
                        Set.of());
        Optional<Integer> draws = FtaCommand.number(arguments, "uncertainty", 0, DRAWS_MAX);
        Optional<Integer> listed = FtaCommand.number(arguments, "cut-sets", LISTED, LISTED_MAX);
        if (arguments.fault().isPresent()
                || arguments.words().size() != 1
                || listed.isEmpty()
                || draws.isEmpty()
                || draws.get() > 0 && draws.get() < DRAWS_MIN) {
            return call.usage(TEXTS.explain("analyse.arguments"), usage(call.locale()));
        }
        Outcome<LoadedTopology> read =
                new TopologyFiles().read(Path.of(arguments.words().getFirst()));
        if (!(read instanceof Outcome.Done<LoadedTopology>(LoadedTopology loaded))) {
            return call.report(read);
        }
        AvailabilityAnalyzer analyzer =
                new AvailabilityAnalyzer(
                        Assumptions.standard(),
                        listed.get(),
                        SolveLimits.STANDARD,
                        InstantSource.system());
        AvailabilityReport report = analyzer.analyse(loaded.topology(), Watcher.patient());
        List<ServiceAvailability> chosen = chosen(report, arguments.option("service"));
        if (chosen.isEmpty() && arguments.option("service").isPresent()) {
            return call.report(
                    Outcome.refused(
                            TEXTS.explain(
                                    "analyse.no-service", arguments.option("service").get())));
        }
        Outcome<Optional<Changed>> changed = changed(analyzer, report, arguments);
        if (!(changed instanceof Outcome.Done<Optional<Changed>>(Optional<Changed> with))) {
            return call.report(changed);
        }
        Bounds any = analyzer.anyServiceDown(report, Watcher.patient());
        Map<Goal, UncertaintyBand> bands = new LinkedHashMap<>();
        for (ServiceAvailability service :
                draws.get() == 0 ? List.<ServiceAvailability>of() : chosen) {
            analyzer.uncertainty(report, service.goal(), draws.get(), SEED, Watcher.patient())
                    .ifPresent(it -> bands.put(service.goal(), it));
        }
        new AnalysisText(TEXTS, call, report, bands).show(chosen, any, with);
        return ExitCode.DONE;
    }

    /** What the services would be like with something lost or perfect. */
    record Changed(String text, Map<Goal, Double> unavailability) {}

    private static List<ServiceAvailability> chosen(
            AvailabilityReport report, Optional<String> wanted) {
        return report.services().stream()
                .filter(
                        it ->
                                wanted.isEmpty()
                                        || wanted.get().equals(it.goal().serviceId())
                                        || wanted.get().equals(it.goal().serviceName()))
                .toList();
    }

    /** {@code NAME} or {@code NAME=down}: lost; {@code NAME=up}: never fails; comma between. */
    private static Outcome<Optional<Changed>> changed(
            AvailabilityAnalyzer analyzer, AvailabilityReport report, Arguments arguments) {
        Optional<String> text = arguments.option("what-if");
        if (text.isEmpty()) {
            return Outcome.done(Optional.empty());
        }
        Map<Integer, Double> fixed = new LinkedHashMap<>();
        for (String part : text.get().split(",")) {
            boolean up = part.endsWith("=up");
            String name = part.replaceAll("=(up|down)$", "").strip();
            List<Unit> units =
                    report.units().stream()
                            .filter(
                                    it ->
                                            name.equals(it.elementId())
                                                    || name.equals(it.elementName()))
                            .filter(it -> it.role() != Unit.Role.TAKEOVER || up)
                            .toList();
            if (units.isEmpty()) {
                return Outcome.refused(TEXTS.explain("analyse.no-element", name));
            }
            units.forEach(it -> fixed.put(it.index(), up ? 0.0 : 1.0));
        }
        return Outcome.done(Optional.of(new Changed(text.get(), analyzer.whatIf(report, fixed))));
    }
}
