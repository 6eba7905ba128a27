package org.standfest.analysis.commands;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.analysis.availability.SampledEstimate;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.faulttree.mef.MefLimits;
import org.standfest.analysis.faulttree.mef.MefReader;
import org.standfest.analysis.faulttree.mef.MefReading;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.results.Outcome;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code standfest fta}: solves a fault tree in the Open-PSA format exactly. */
@Component(service = Command.class)
public final class FtaCommand implements Command {

    private static final Catalog TEXTS = Catalog.beside(FtaCommand.class);
    private static final int SECONDS_MAX = 86_400;
    private static final int LISTED_MAX = 100_000;

    /** Called by Declarative Services. */
    @Activate
    public FtaCommand() {}

    @Override
    public String verb() {
        return "fta";
    }

    @Override
    public String summary(Locale locale) {
        return TEXTS.text(locale, "fta.summary");
    }

    @Override
    public String usage(Locale locale) {
        return TEXTS.text(locale, "fta.usage");
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments =
                Arguments.read(
                        call.arguments(),
                        Set.of("top", "cut-sets", "seconds", "estimate"),
                        Set.of());
        Optional<Integer> seconds = number(arguments, "seconds", 600, SECONDS_MAX);
        Optional<Integer> listed = number(arguments, "cut-sets", 0, LISTED_MAX);
        Optional<Optional<Long>> seed = PlatformText.seed(arguments.option("estimate"));
        if (arguments.fault().isPresent()
                || arguments.words().size() != 1
                || seed.isEmpty()
                || seconds.isEmpty()
                || listed.isEmpty()) {
            return call.usage(TEXTS.explain("fta.arguments"), usage(call.locale()));
        }
        Path file = Path.of(arguments.words().getFirst());
        MefReading reading;
        try (InputStream input = new BufferedInputStream(Files.newInputStream(file))) {
            reading = new MefReader(MefLimits.STANDARD).read(file.getFileName().toString(), input);
        } catch (IOException unreadable) {
            return call.report(
                    Outcome.refused(TEXTS.explain("fta.unreadable", file, unreadable.toString())));
        }
        if (reading.tree().isEmpty()) {
            return refused(call, reading);
        }
        FaultTree tree = reading.tree().get();
        List<String> tops = arguments.option("top").map(List::of).orElse(tree.tops());
        if (!tree.gates().keySet().containsAll(tops)) {
            return call.report(Outcome.refused(TEXTS.explain("fta.no-top", tops.getFirst())));
        }
        SolveLimits limits = SolveLimits.STANDARD.within(Duration.ofSeconds(seconds.get()));
        try (Cancellation cancellation = new Cancellation()) {
            FtaSolving solving =
                    new FtaSolving(
                            call,
                            tree,
                            limits,
                            listed.get(),
                            seed.get(),
                            InstantSource.system(),
                            watcher(call, cancellation));
            return solve(call, tops, solving, cancellation);
        }
    }

    /** The value of an option between 0 and a maximum; nothing when it is none. */
    static Optional<Integer> number(Arguments arguments, String option, int otherwise, int max) {
        Optional<String> text = arguments.option(option);
        if (text.isEmpty()) {
            return Optional.of(otherwise);
        }
        if (!text.get().matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(text.get());
        return number <= max ? Optional.of(number) : Optional.empty();
    }

    private int refused(Invocation call, MefReading reading) {
        if (!call.json()) {
            reading.findings().stream()
                    .skip(1)
                    .map(Finding::explanation)
                    .forEach(it -> call.err().println(it.inFull(call.locale())));
        }
        return call.report(Outcome.refused(reading.error().orElseThrow().explanation()));
    }

    /** Shows a person how far it is; ends when the process is told to. */
    private static Watcher watcher(Invocation call, Cancellation cancellation) {
        return new Watcher() {
            @Override
            public boolean cancelled() {
                return cancellation.asked();
            }

            @Override
            public void progress(int done, int of) {
                if (call.err().terminal() && !call.json() && of > 1) {
                    call.err().print("\r" + TEXTS.text(call.locale(), "fta.progress", done, of));
                    if (done == of) {
                        call.err().println();
                    }
                }
            }
        };
    }

    private int solve(
            Invocation call, List<String> tops, FtaSolving solving, Cancellation cancellation) {
        List<Map<String, Object>> answers = new ArrayList<>();
        int worst = ExitCode.DONE;
        for (String top : tops) {
            if (cancellation.asked()) {
                break;
            }
            Map<String, Object> answer = solving.answer(top);
            worst = answer.containsKey("problem") ? ExitCode.FAILED : worst;
            answers.add(answer);
            if (!call.json()) {
                print(call, answer);
            }
        }
        boolean complete = !cancellation.asked();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tops", answers);
        if (!complete) {
            all.put("complete", false);
        }
        if (call.json()) {
            call.printJson(all);
        } else if (!complete) {
            call.out().println(TEXTS.text(call.locale(), "analyse.incomplete"));
        }
        return complete ? worst : ExitCode.FAILED;
    }

    /** Bounds, and an estimate if there is one, with the reason in the same line. */
    private static String bounded(Locale locale, Map<String, Object> answer) {
        PlatformText text = new PlatformText(TEXTS, locale);
        Bounds bounds = new Bounds((double) answer.get("lower"), (double) answer.get("upper"));
        String estimate =
                answer.get("estimate") instanceof SampledEstimate it ? text.estimate(it) : "";
        return TEXTS.text(
                locale,
                "fta.bounded",
                answer.get("name"),
                text.bounds(bounds) + estimate,
                answer.get("problem"));
    }

    private void print(Invocation call, Map<String, Object> answer) {
        Locale locale = call.locale();
        if (answer.containsKey("problem")) {
            call.out().println(bounded(locale, answer));
            return;
        }
        call.out()
                .println(
                        TEXTS.text(
                                locale,
                                answer.containsKey("cutSets") ? "fta.top" : "fta.top-only",
                                answer.get("name"),
                                String.format(locale, "%.12g", answer.get("probability")),
                                answer.get("cutSets"),
                                answer.get("cutSetsByOrder")));
        if (answer.get("mostProbable") instanceof List<?> sets) {
            for (Object set : sets) {
                Map<?, ?> one = (Map<?, ?>) set;
                call.out().printf(locale, "  %12.5e  ", one.get("probability"));
                call.out().println(String.valueOf(one.get("events")));
            }
        }
    }
}
