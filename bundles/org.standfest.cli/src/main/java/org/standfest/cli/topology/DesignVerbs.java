package org.standfest.cli.topology;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.analysis.whatif.Course;
import org.standfest.analysis.whatif.CourseText;
import org.standfest.analysis.whatif.WhatIf;
import org.standfest.command.Arguments;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.patterns.Answers;
import org.standfest.patterns.Pattern;
import org.standfest.patterns.Question;
import org.standfest.patterns.standard.StandardPatterns;
import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;
import org.standfest.topology.compare.DiffText;
import org.standfest.topology.compare.Difference;
import org.standfest.topology.compare.TopologyDiff;
import org.standfest.topology.exchange.ExchangeFormat;
import org.standfest.topology.exchange.Imported;
import org.standfest.topology.exchange.ListExport;
import org.standfest.topology.exchange.TopologyExchange;
import org.standfest.topology.files.TopologyFiles;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The parts of {@code standfest topology} that make, compare and question a design. */
final class DesignVerbs {

    /** Options that take a value. */
    static final Set<String> OPTIONS = Set.of("to", "format", "on", "answer", "what", "picture");

    private static final Set<String> VERBS =
            Set.of("diff", "text", "import", "export", "patterns", "lay", "fail");
    private static final Catalog TEXTS = Catalog.beside(DesignVerbs.class);

    private final TopologyFiles files;
    private final List<Pattern> patterns;
    private final Function<Locale, String> usage;

    DesignVerbs(TopologyFiles files, List<Pattern> partners, Function<Locale, String> usage) {
        this.files = files;
        this.usage = usage;
        patterns = new ArrayList<>(StandardPatterns.all());
        patterns.addAll(partners);
    }

    /** Whether the first word is one of its verbs. */
    static boolean knows(List<String> words) {
        return !words.isEmpty() && VERBS.contains(words.getFirst());
    }

    int run(Invocation call, Arguments arguments) {
        List<String> words = arguments.words();
        List<Path> named = words.stream().skip(1).map(Path::of).toList();
        String verb = words.getFirst();
        boolean placed = arguments.option("to").isPresent();
        boolean fits =
                switch (verb) {
                    case "diff" -> named.size() == 2;
                    case "text" -> named.size() == 1;
                    case "import" -> !named.isEmpty() && placed;
                    case "export" -> named.size() == 1 && placed;
                    case "patterns" -> named.isEmpty();
                    case "lay" -> named.size() == 2 && placed;
                    default -> named.size() == 1 && arguments.option("what").isPresent();
                };
        if (!fits) {
            return wrong(call, "arguments");
        }
        return switch (verb) {
            case "diff" -> diff(call, named.get(0), named.get(1));
            case "text" -> text(call, named.getFirst());
            case "import" -> read(call, named, arguments);
            case "export" -> export(call, named.getFirst(), arguments);
            case "patterns" -> patterns(call);
            case "lay" -> lay(call, words.get(1), named.get(1), arguments);
            default -> fail(call, named.getFirst(), arguments.option("what").orElseThrow());
        };
    }

    private int wrong(Invocation call, String code, Object... about) {
        return call.usage(TEXTS.explain("topology." + code, about), usage.apply(call.locale()));
    }

    private Outcome<Topology> load(Path file) {
        return files.read(file).map(it -> it.topology());
    }

    private int diff(Invocation call, Path first, Path second) {
        Outcome<List<Difference>> compared =
                load(first).then(a -> load(second).map(b -> TopologyDiff.between(a, b)));
        if (!(compared instanceof Outcome.Done<List<Difference>>(List<Difference> found))) {
            return call.report(compared);
        }
        DiffText words = new DiffText(call.locale());
        if (call.json()) {
            call.printJson(
                    Map.of("differences", found.stream().map(it -> json(it, words)).toList()));
        } else if (found.isEmpty()) {
            call.out().println(TEXTS.text(call.locale(), "topology.same"));
        } else {
            words.lines(found).forEach(call.out()::println);
        }
        return found.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private static Map<String, Object> json(Difference it, DiffText words) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("kind", it.kind().name().toLowerCase(Locale.ROOT));
        told.put("class", it.element().eClass().getName());
        told.put("id", it.element().getId());
        told.put("name", it.element().getName());
        List<Map<String, Object>> changes = new ArrayList<>();
        for (Difference.Change each : it.changes()) {
            Map<String, Object> change = new LinkedHashMap<>();
            change.put("feature", each.feature() == null ? "" : each.feature().getName());
            change.put("text", words.change(each));
            changes.add(change);
        }
        told.put("changes", changes);
        return told;
    }

    private int text(Invocation call, Path file) {
        Outcome<Topology> read = load(file);
        read.result()
                .ifPresent(it -> new DiffText(call.locale()).text(it).forEach(call.out()::println));
        return call.report(read);
    }

    private int read(Invocation call, List<Path> named, Arguments arguments) {
        Optional<ExchangeFormat> format = arguments.option("format").flatMap(ExchangeFormat::of);
        if (format.isEmpty() && arguments.option("format").isPresent()) {
            return wrong(call, "arguments");
        }
        Outcome<Imported> imported = new TopologyExchange().read(named, format);
        if (!(imported instanceof Outcome.Done<Imported>(Imported made))) {
            return call.report(imported);
        }
        Path to = Path.of(arguments.option("to").orElseThrow());
        Outcome<Path> written = files.toBytes(made.topology()).then(it -> writeNew(to, it));
        if (!written.isDone()) {
            return call.report(written);
        }
        if (call.json()) {
            call.printJson(json(call, made, to));
        } else {
            made.report().forEach(it -> TopologyCommand.print(call, it));
            int elements = made.taken().values().stream().mapToInt(Integer::intValue).sum();
            say(
                    call,
                    "imported",
                    to,
                    elements,
                    made.count(Severity.WARNING),
                    made.count(Severity.HINT));
        }
        return ExitCode.DONE;
    }

    private static Map<String, Object> json(Invocation call, Imported made, Path to) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("file", to.toString());
        told.put("format", made.format().word());
        told.put("taken", new java.util.TreeMap<>(made.taken()));
        told.put(
                "report",
                made.report().stream()
                        .map((Finding it) -> TopologyCommand.json(call, it))
                        .toList());
        return told;
    }

    private static void say(Invocation call, String key, Object... about) {
        call.out().println(TEXTS.text(call.locale(), "topology." + key, about));
    }

    private static Outcome<Path> writeNew(Path to, byte[] bytes) {
        try {
            return Outcome.done(Files.write(to, bytes, StandardOpenOption.CREATE_NEW));
        } catch (FileAlreadyExistsException exists) {
            return Outcome.refused(TEXTS.explain("topology.exists", to));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("topology.unwritable", to, fault), fault);
        }
    }

    private int export(Invocation call, Path file, Arguments arguments) {
        String format = arguments.option("format").orElse("");
        Function<Topology, byte[]> writer =
                switch (format) {
                    case "archimate" -> new TopologyExchange()::toArchiMate;
                    case "parts" -> new ListExport()::parts;
                    case "licences" -> new ListExport()::licences;
                    default -> null;
                };
        if (writer == null) {
            return wrong(call, "arguments");
        }
        Path to = Path.of(arguments.option("to").orElseThrow());
        Outcome<Path> written = load(file).map(writer).then(it -> writeNew(to, it));
        if (written.isDone()) {
            if (call.json()) {
                call.printJson(Map.of("file", to.toString(), "format", format));
            } else {
                say(call, "exported", to);
            }
        }
        return call.report(written);
    }

    private int patterns(Invocation call) {
        List<Map<String, Object>> all = new ArrayList<>();
        Topology none = org.standfest.topology.TopologyFactory.eINSTANCE.createTopology();
        for (Pattern pattern : patterns) {
            List<Question> asked = pattern.questions(none, List.of(), call.locale());
            if (call.json()) {
                Map<String, Object> told = new LinkedHashMap<>();
                told.put("id", pattern.id());
                told.put("name", pattern.name(call.locale()));
                told.put("summary", pattern.summary(call.locale()));
                told.put("questions", asked);
                all.add(told);
            } else {
                call.out().println(pattern.id() + "  " + pattern.name(call.locale()));
                call.out().println("    " + pattern.summary(call.locale()));
                asked.forEach(it -> call.out().println("    " + asked(it)));
            }
        }
        if (call.json()) {
            call.printJson(Map.of("patterns", all));
        }
        return ExitCode.DONE;
    }

    private static String asked(Question question) {
        String range =
                question.choices().isEmpty()
                        ? question.least() + "-" + question.most()
                        : String.join("|", question.choices().stream().map(it -> it.id()).toList());
        return question.id() + '=' + range + " (" + question.preset() + ")  " + question.text();
    }

    private int lay(Invocation call, String id, Path file, Arguments arguments) {
        Optional<Pattern> pattern = patterns.stream().filter(it -> it.id().equals(id)).findFirst();
        if (pattern.isEmpty()) {
            return wrong(call, "name", id);
        }
        Outcome<Topology> read = load(file);
        if (!(read instanceof Outcome.Done<Topology>(Topology topology))) {
            return call.report(read);
        }
        List<Element> on = new ArrayList<>();
        Optional<String> unknown = find(topology, arguments.option("on").orElse(""), on);
        if (unknown.isPresent()) {
            return wrong(call, "name", unknown.get());
        }
        List<Question> asked = pattern.get().questions(topology, on, call.locale());
        Map<String, String> given = new LinkedHashMap<>();
        for (String each : split(arguments.option("answer").orElse(""))) {
            int at = each.indexOf('=');
            given.put(each.substring(0, Math.max(0, at)), each.substring(at + 1));
        }
        Optional<String> fault = Answers.fault(asked, given);
        if (fault.isPresent()) {
            return wrong(call, "answer", fault.get());
        }
        Topology before = EcoreUtil.copy(topology);
        Path to = Path.of(arguments.option("to").orElseThrow());
        Outcome<Path> written =
                pattern.get()
                        .lay(
                                new Pattern.Place(topology, on, call.locale(), UUID::randomUUID),
                                new Answers(asked, given))
                        .then(_ -> files.toBytes(topology))
                        .then(it -> writeNew(to, it));
        if (written.isDone()) {
            DiffText words = new DiffText(call.locale());
            List<Difference> found = TopologyDiff.between(before, topology);
            if (call.json()) {
                call.printJson(
                        Map.of("differences", found.stream().map(it -> json(it, words)).toList()));
            } else {
                words.lines(found).forEach(call.out()::println);
            }
        }
        return call.report(written);
    }

    private static List<String> split(String list) {
        return list.isBlank() ? List.of() : List.of(list.split("\\s*,\\s*"));
    }

    /** Finds elements by name or identity; answers the first that is nowhere. */
    private static Optional<String> find(Topology topology, String list, List<Element> found) {
        for (String wanted : split(list)) {
            Element match = null;
            for (Iterator<EObject> all = topology.eAllContents();
                    match == null && all.hasNext(); ) {
                if (all.next() instanceof Element element
                        && (wanted.equals(element.getName()) || wanted.equals(element.getId()))) {
                    match = element;
                }
            }
            if (match == null) {
                return Optional.of(wanted);
            }
            found.add(match);
        }
        return Optional.empty();
    }

    private int fail(Invocation call, Path file, String what) {
        Outcome<Topology> read = load(file);
        if (!(read instanceof Outcome.Done<Topology>(Topology topology))) {
            return call.report(read);
        }
        List<Element> failed = new ArrayList<>();
        Optional<String> unknown = find(topology, what, failed);
        if (unknown.isPresent() || failed.isEmpty()) {
            return wrong(call, "name", unknown.orElse(what));
        }
        Course course = WhatIf.of(topology, failed);
        if (call.json()) {
            call.printJson(CourseJson.of(course, new CourseText(call.locale())));
        } else {
            new CourseText(call.locale()).lines(course).forEach(call.out()::println);
        }
        return ExitCode.DONE;
    }
}
