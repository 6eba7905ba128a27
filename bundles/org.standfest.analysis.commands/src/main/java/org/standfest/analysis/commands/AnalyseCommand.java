package org.standfest.analysis.commands;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.standfest.analysis.availability.AnalysisRequest;
import org.standfest.analysis.availability.AnalysisRequest.Supposition;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.availability.Library;
import org.standfest.analysis.availability.TopologyAnalysis;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.licences.LicenceModel;
import org.standfest.analysis.licences.LicenceModels;
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
import java.time.Duration;
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
    private static final int TOGETHER_MAX = 1_000_000;
    private static final int SECONDS_MAX = 86_400;
    private static final long SEED = 1;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            fieldOption = FieldOption.REPLACE)
    private volatile List<LicenceModel> licenceModels = List.of();

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
                                "at-least",
                                "estimate",
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
        Optional<Integer> together = FtaCommand.number(arguments, "at-least", 0, TOGETHER_MAX);
        Optional<Optional<Long>> seed = PlatformText.seed(arguments.option("estimate"));
        if (arguments.fault().isPresent()
                || together.isEmpty()
                || seed.isEmpty()
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
                        seed.get().orElse(SEED),
                        suppositions(arguments.option("what-if").orElse("")),
                        Set.of(AnalysisRequest.Part.values()),
                        new AnalysisRequest.Extent(
                                together.get(), seed.get().isPresent(), timeEach(seconds.get())));
        try (Cancellation cancellation = new Cancellation()) {
            Watcher watcher = watcher(call, seconds.get(), cancellation);
            return analyse(call, arguments, loaded.topology(), request, watcher);
        }
    }

    /** Part of the whole time, so that there is some left for bounds. */
    private static Duration timeEach(int seconds) {
        Duration usual = AnalysisRequest.Extent.USUAL.timeEach();
        Duration part = Duration.ofMillis(400L * seconds);
        return seconds == 0 || part.compareTo(usual) > 0 ? usual : part;
    }

    /** Shows what there is when it ends, be it by a cancel; then it has failed. */
    private int analyse(
            Invocation call,
            Arguments arguments,
            Topology topology,
            AnalysisRequest request,
            Watcher watcher) {
        Outcome<AnalysisResult> outcome =
                TopologyAnalysis.run(
                        topology, request, clock, watcher, new LicenceModels(licenceModels));
        if (!(outcome instanceof Outcome.Done<AnalysisResult>(AnalysisResult result))) {
            return call.report(outcome);
        }
        if (call.json()) {
            call.printJson(new AnalysisJson(TEXTS, call.locale(), result).all());
        } else {
            new AnalysisText(TEXTS, call, result).show();
        }
        int code =
                arguments.option("report").isPresent()
                        ? write(call, arguments, topology, request, result)
                        : ExitCode.DONE;
        return result.complete() ? code : ExitCode.FAILED;
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
    private Watcher watcher(Invocation call, int seconds, Cancellation cancellation) {
        Instant end = seconds == 0 ? Instant.MAX : clock.instant().plusSeconds(seconds);
        return new Watcher() {
            @Override
            public boolean cancelled() {
                return cancellation.asked() || clock.instant().isAfter(end);
            }

            @Override
            public void progress(int done, int of) {
                if (call.err().terminal() && !call.json()) {
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
