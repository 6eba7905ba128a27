package org.standfest.analysis.commands;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code standfest bench analysis}: measures the analysis engine on the shared cases. */
@Component(service = Command.class)
public final class BenchCommand implements Command {

    private static final Catalog TEXTS = Catalog.beside(BenchCommand.class);
    private static final String CASES =
            "bundles/org.standfest.analysis.faulttree/src/test/resources";
    private static final int SCRAM_SECONDS = 30;
    private static final int SCRAM_SECONDS_MAX = 3600;

    /** Called by Declarative Services. */
    @Activate
    public BenchCommand() {}

    @Override
    public String verb() {
        return "bench";
    }

    @Override
    public String summary(Locale locale) {
        return TEXTS.text(locale, "bench.summary");
    }

    @Override
    public String usage(Locale locale) {
        return TEXTS.text(locale, "bench.usage");
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments =
                Arguments.read(call.arguments(), Set.of("cases", "scram-seconds"), Set.of());
        Optional<Integer> seconds =
                FtaCommand.number(arguments, "scram-seconds", SCRAM_SECONDS, SCRAM_SECONDS_MAX);
        if (arguments.fault().isPresent()
                || !arguments.words().equals(List.of("analysis"))
                || seconds.isEmpty()) {
            return call.usage(TEXTS.explain("bench.arguments"), usage(call.locale()));
        }
        Path folder = Path.of(arguments.option("cases").orElse(CASES));
        BenchCases cases = new BenchCases(folder);
        if (!cases.areThere()) {
            return call.report(Outcome.refused(TEXTS.explain("bench.no-cases", folder)));
        }
        AnalysisBench bench =
                new AnalysisBench(
                        cases,
                        seconds.get(),
                        InstantSource.system(),
                        call.json() ? _ -> {} : call.out()::println);
        List<BenchRow> rows = bench.run();
        if (call.json()) {
            call.printJson(Map.of("rows", rows.stream().map(BenchRow::json).toList()));
        }
        return rows.stream().anyMatch(it -> it.verdict() == BenchRow.Verdict.MISSED)
                ? ExitCode.REFUSED
                : ExitCode.DONE;
    }
}
