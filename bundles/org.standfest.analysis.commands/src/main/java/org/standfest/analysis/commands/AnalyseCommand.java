package org.standfest.analysis.commands;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.analysis.availability.AnalysisRequest;
import org.standfest.analysis.availability.AnalysisRequest.Supposition;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.availability.Library;
import org.standfest.analysis.availability.TopologyAnalysis;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.reports.AnalysisDocument;
import org.standfest.analysis.reports.ReportFile;
import org.standfest.analysis.reports.ReportHead;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.Topology;
import org.standfest.topology.files.LoadedTopology;
import org.standfest.topology.files.TopologyFiles;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code standfest analyse}: how available the services of a topology are, what brings them down,
 * what would happen if something were lost, how full the hosts are and what could be improved.
 */
@Component(service = Command.class)
public final class AnalyseCommand implements Command {

    private static final Catalog TEXTS = Catalog.beside(AnalyseCommand.class);
    private static final int LISTED_MAX = 10_000;
    private static final int LISTED = 5;
    private static final int LISTED_IN_REPORT = 50;
    private static final int DRAWS_MIN = 20;
    private static final int DRAWS_MAX = 1_000_000;
    private static final int SECONDS_MAX = 86_400;
    private static final long SEED = 1;

    private final InstantSource clock = InstantSource.system();

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
                        Set.of(
                                "service",
                                "cut-sets",
                                "what-if",
                                "uncertainty",
                                "seconds",
                                "report",
                                "lang",
                                "library",
                                "write-library"),
                        Set.of());
        if (arguments.fault().isEmpty()
                && arguments.words().isEmpty()
                && arguments.option("write-library").isPresent()) {
            return writeLibrary(call, Path.of(arguments.option("write-library").get()));
        }
        Optional<Path> report = arguments.option("report").map(Path::of);
        int usual = report.isPresent() ? LISTED_IN_REPORT : LISTED;
        Optional<Integer> draws = FtaCommand.number(arguments, "uncertainty", 0, DRAWS_MAX);
        Optional<Integer> listed = FtaCommand.number(arguments, "cut-sets", usual, LISTED_MAX);
        Optional<Integer> seconds = FtaCommand.number(arguments, "seconds", 0, SECONDS_MAX);
        if (arguments.fault().isPresent()
                || arguments.words().size() != 1
                || listed.isEmpty()
                || seconds.isEmpty()
                || draws.isEmpty()
                || draws.get() > 0 && draws.get() < DRAWS_MIN
                || report.isPresent() && !ReportFile.hasFormat(report.get())) {
            return call.usage(TEXTS.explain("analyse.arguments"), usage(call.locale()));
        }
        Outcome<LoadedTopology> read =
                new TopologyFiles().read(Path.of(arguments.words().getFirst()));
        if (!(read instanceof Outcome.Done<LoadedTopology>(LoadedTopology loaded))) {
            return call.report(read);
        }
        Outcome<Assumptions> library =
                arguments
                        .option("library")
                        .map(it -> Library.read(Path.of(it)))
                        .orElseGet(() -> Outcome.done(Assumptions.standard()));
        if (!(library instanceof Outcome.Done<Assumptions>(Assumptions assumptions))) {
            return call.report(library);
        }
        AnalysisRequest request =
                new AnalysisRequest(
                        assumptions,
                        arguments.option("service"),
                        listed.get(),
                        draws.get(),
                        SEED,
                        suppositions(arguments.option("what-if").orElse("")),
                        Set.of(AnalysisRequest.Part.values()));
        Outcome<AnalysisResult> outcome =
                TopologyAnalysis.run(
                        loaded.topology(), request, clock, watcher(call, seconds.get()));
        if (!(outcome instanceof Outcome.Done<AnalysisResult>(AnalysisResult result))) {
            return call.report(outcome);
        }
        if (call.json()) {
            call.printJson(new AnalysisJson(TEXTS, call.locale(), result).all());
        } else {
            new AnalysisText(TEXTS, call, result).show();
        }
        return report.isPresent()
                ? write(call, arguments, loaded.topology(), request, result)
                : ExitCode.DONE;
    }

    private static int writeLibrary(Invocation call, Path folder) {
        Outcome<Path> written = Library.write(folder);
        written.result()
                .ifPresent(
                        it -> call.err().println(TEXTS.text(call.locale(), "analyse.library", it)));
        return call.report(written);
    }

    private int write(
            Invocation call,
            Arguments arguments,
            Topology topology,
            AnalysisRequest request,
            AnalysisResult result) {
        Locale locale = arguments.option("lang").map(Locale::of).orElse(call.locale());
        String owner = topology.getOrganisation() == null ? "" : topology.getOrganisation();
        Instant made = clock.instant();
        ReportHead head = new ReportHead(owner, made, request.assumptions());
        Outcome<Path> written =
                ReportFile.write(
                        AnalysisDocument.of(result, head, locale, ZoneId.systemDefault()),
                        Path.of(arguments.option("report").orElseThrow()),
                        made);
        written.result()
                .ifPresent(
                        it -> call.err().println(TEXTS.text(call.locale(), "analyse.report", it)));
        return call.report(written);
    }

    /** {@code NAME} or {@code NAME=down}: lost; {@code NAME=up}: never fails; comma between. */
    private static List<Supposition> suppositions(String text) {
        List<Supposition> all = new ArrayList<>();
        for (String part : text.split(",")) {
            String name = part.replaceAll("=(up|down)$", "").strip();
            if (!name.isEmpty()) {
                all.add(new Supposition(name, part.strip().endsWith("=up")));
            }
        }
        return all;
    }

    /** Shows progress to a person; ends after some seconds, if any, with what there is. */
    private Watcher watcher(Invocation call, int seconds) {
        Instant end = seconds == 0 ? Instant.MAX : clock.instant().plusSeconds(seconds);
        return new Watcher() {
            @Override
            public boolean cancelled() {
                return Thread.currentThread().isInterrupted() || clock.instant().isAfter(end);
            }

            @Override
            public void progress(int done, int of) {
                if (call.err().terminal()) {
                    call.err()
                            .print("\r" + TEXTS.text(call.locale(), "analyse.progress", done, of));
                    if (done == of) {
                        call.err().println();
                    }
                }
            }
        };
    }
}
