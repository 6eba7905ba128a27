package org.standfest.cli.topology;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.standfest.analysis.TopologyExaminer;
import org.standfest.analysis.TopologyReport;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.patterns.Pattern;
import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;
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

/** {@code standfest topology}: shows, checks, counts or migrates a topology file. */
@Component(service = Command.class)
public final class TopologyCommand implements Command {

    private static final Catalog TEXTS = Catalog.beside(TopologyCommand.class);

    private final TopologyExaminer examiner;
    private final List<Pattern> partnerPatterns;
    private final TopologyFiles files = new TopologyFiles();

    /** Called by Declarative Services. */
    @Activate
    public TopologyCommand(
            @Reference TopologyExaminer examiner, @Reference List<Pattern> partnerPatterns) {
        this.examiner = examiner;
        this.partnerPatterns = List.copyOf(partnerPatterns);
    }

    @Override
    public String verb() {
        return "topology";
    }

    @Override
    public String summary(Locale locale) {
        return TEXTS.text(locale, "topology.summary");
    }

    @Override
    public String usage(Locale locale) {
        return TEXTS.text(locale, "topology.usage");
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments = Arguments.read(call.arguments(), DesignVerbs.OPTIONS, Set.of());
        List<String> words = arguments.words();
        Optional<Path> to = arguments.option("to").map(Path::of);
        if (arguments.fault().isEmpty()
                && words.size() == 2
                && words.getFirst().equals("report")
                && to.isPresent()) {
            return new ReportVerb(files, examiner, InstantSource.system())
                    .run(
                            call,
                            Path.of(words.get(1)),
                            to.get(),
                            arguments.option("picture").map(Path::of));
        }
        if (arguments.fault().isEmpty() && DesignVerbs.knows(words)) {
            return new DesignVerbs(files, partnerPatterns, this::usage).run(call, arguments);
        }
        if (arguments.fault().isPresent() || words.size() != 2) {
            return call.usage(TEXTS.explain("topology.arguments"), usage(call.locale()));
        }
        Path file = Path.of(words.get(1));
        return switch (words.getFirst()) {
            case "show" -> withTopology(call, file, this::show);
            case "check" -> withTopology(call, file, this::check);
            case "stats" -> withTopology(call, file, this::stats);
            case "migrate" -> migrate(call, file);
            default -> call.usage(TEXTS.explain("topology.arguments"), usage(call.locale()));
        };
    }

    /** What is done with a topology that could be read. */
    private interface Work {
        int run(Invocation call, Path file, LoadedTopology loaded);
    }

    private int withTopology(Invocation call, Path file, Work work) {
        Outcome<LoadedTopology> read = files.read(file);
        return read instanceof Outcome.Done<LoadedTopology>(LoadedTopology loaded)
                ? work.run(call, file, loaded)
                : call.report(read);
    }

    private int show(Invocation call, Path file, LoadedTopology loaded) {
        TopologyOutline outline = new TopologyOutline(TEXTS, call.locale());
        if (call.json()) {
            call.printJson(outline.tree(loaded.topology()));
        } else {
            outline.lines(loaded.topology()).forEach(call.out()::println);
        }
        return ExitCode.DONE;
    }

    private int stats(Invocation call, Path file, LoadedTopology loaded) {
        TopologyStatistics statistics = TopologyStatistics.of(loaded.topology());
        if (call.json()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("file", file.toString());
            answer.put("formatVersion", loaded.formatVersion());
            answer.putAll(statistics.json());
            call.printJson(answer);
        } else {
            statistics.lines(TEXTS, call.locale()).forEach(call.out()::println);
        }
        return ExitCode.DONE;
    }

    private int check(Invocation call, Path file, LoadedTopology loaded) {
        TopologyReport report = examiner.examine(loaded.topology(), () -> false);
        if (call.json()) {
            call.printJson(json(call, file, loaded, report));
        } else {
            report.findings().forEach(it -> print(call, it));
            call.out()
                    .println(
                            TEXTS.text(
                                    call.locale(),
                                    report.passed() ? "topology.passed" : "topology.failed",
                                    file,
                                    report.rules(),
                                    report.count(Severity.ERROR),
                                    report.count(Severity.WARNING),
                                    report.count(Severity.HINT)));
        }
        return report.passed() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    static void print(Invocation call, Finding finding) {
        Locale locale = call.locale();
        String severity = TEXTS.text(locale, "severity." + finding.severity());
        call.out()
                .println(
                        severity
                                + "  "
                                + finding.elementName()
                                + "  ["
                                + finding.explanation().code()
                                + "]");
        call.out().println("    " + finding.explanation().happened(locale));
        call.out().println("    " + finding.explanation().meaning(locale));
        call.out().println("    " + finding.explanation().next(locale));
    }

    private static Map<String, Object> json(
            Invocation call, Path file, LoadedTopology loaded, TopologyReport report) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("file", file.toString());
        answer.put("formatVersion", loaded.formatVersion());
        answer.put("passed", report.passed());
        answer.put("rules", report.rules());
        answer.put("errors", report.count(Severity.ERROR));
        answer.put("warnings", report.count(Severity.WARNING));
        answer.put("hints", report.count(Severity.HINT));
        answer.put("findings", report.findings().stream().map(it -> json(call, it)).toList());
        return answer;
    }

    static Map<String, Object> json(Invocation call, Finding finding) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        answer.put("code", finding.explanation().code());
        answer.put("elementId", finding.elementId());
        answer.put("elementName", finding.elementName());
        answer.put("what", finding.explanation().happened(call.locale()));
        answer.put("why", finding.explanation().meaning(call.locale()));
        answer.put("next", finding.explanation().next(call.locale()));
        return answer;
    }

    private int migrate(Invocation call, Path file) {
        Outcome<Integer> migrated = files.migrate(file);
        if (!(migrated instanceof Outcome.Done<Integer>(Integer before))) {
            return call.report(migrated);
        }
        if (call.json()) {
            call.printJson(Map.of("from", before, "to", TopologyFiles.FORMAT_VERSION));
        } else {
            String key = before < TopologyFiles.FORMAT_VERSION ? "migrated" : "current";
            call.out()
                    .println(
                            TEXTS.text(
                                    call.locale(),
                                    "topology." + key,
                                    file,
                                    before,
                                    TopologyFiles.FORMAT_VERSION));
        }
        return ExitCode.DONE;
    }
}
