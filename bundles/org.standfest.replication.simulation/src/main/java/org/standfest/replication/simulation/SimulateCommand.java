package org.standfest.replication.simulation;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** {@code standfest simulate}: lets production code live through seeded faults. */
@Component(service = Command.class)
public final class SimulateCommand implements Command {

    private static final Catalog TEXTS = Simulator.TEXTS;
    private static final long USUAL_SEEDS = 1_000;
    private static final long MOST_SEEDS = 1_000_000_000L;
    private static final long TELL_EVERY_MILLIS = 2_000;
    private static final long FAREWELL_SECONDS = 20;

    private final InstantSource clock = InstantSource.system();

    /** Called by the framework. */
    public SimulateCommand() {
        // nothing to keep
    }

    @Override
    public String verb() {
        return "simulate";
    }

    @Override
    public String summary(Locale locale) {
        return TEXTS.text(locale, "simulate.summary");
    }

    @Override
    public String usage(Locale locale) {
        return TEXTS.text(locale, "simulate.usage", Worlds.names());
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments =
                Arguments.read(
                        call.arguments(), Set.of("seeds", "seed", "world", "threads"), Set.of());
        OptionalLong seed = number(arguments, "seed", 0, 0, Long.MAX_VALUE / 2);
        long usual = arguments.option("seed").isPresent() ? 1 : USUAL_SEEDS;
        OptionalLong seeds = number(arguments, "seeds", usual, 1, MOST_SEEDS);
        int processors = Runtime.getRuntime().availableProcessors();
        OptionalLong threads = number(arguments, "threads", processors, 1, 256);
        boolean understood =
                arguments.fault().isEmpty()
                        && arguments.words().isEmpty()
                        && seed.isPresent()
                        && seeds.isPresent()
                        && threads.isPresent();
        if (!understood) {
            return call.usage(
                    TEXTS.explain("simulate.arguments", String.join(" ", call.arguments())),
                    usage(call.locale()));
        }
        return run(
                call,
                new Simulator.Settings(
                        seed.getAsLong(),
                        seeds.getAsLong(),
                        arguments.option("world"),
                        (int) threads.getAsLong()));
    }

    private static OptionalLong number(
            Arguments arguments, String name, long otherwise, long least, long most) {
        Optional<String> text = arguments.option(name);
        if (text.isEmpty()) {
            return OptionalLong.of(otherwise);
        }
        if (!text.get().matches("\\d{1,18}")) {
            return OptionalLong.empty();
        }
        long value = Long.parseLong(text.get());
        return value < least || value > most ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Ends early, with a report, when the process is told to end. */
    private int run(Invocation call, Simulator.Settings settings) {
        AtomicBoolean cancelled = new AtomicBoolean();
        CountDownLatch told = new CountDownLatch(1);
        Thread hook = new Thread(() -> cancel(cancelled, told), "simulate-cancel");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Outcome<Simulator.Report> outcome =
                    new Simulator(clock).run(settings, progress(call, settings), cancelled::get);
            if (!outcome.isDone()) {
                return call.report(outcome);
            }
            Simulator.Report report = outcome.orThrow();
            if (call.json()) {
                call.printJson(json(report));
            } else {
                tell(call, settings, report);
            }
            call.out().flush();
            return report.failures().isEmpty() && !report.cancelled()
                    ? ExitCode.DONE
                    : ExitCode.REFUSED;
        } finally {
            told.countDown();
            if (!cancelled.get()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private static void cancel(AtomicBoolean cancelled, CountDownLatch told) {
        cancelled.set(true);
        try {
            boolean intime = told.await(FAREWELL_SECONDS, TimeUnit.SECONDS);
            assert intime || cancelled.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private java.util.function.LongConsumer progress(Invocation call, Simulator.Settings settings) {
        AtomicLong last = new AtomicLong(clock.millis());
        long began = last.get();
        return done -> {
            long now = clock.millis();
            long before = last.get();
            if (now - before >= TELL_EVERY_MILLIS && last.compareAndSet(before, now)) {
                call.err()
                        .println(
                                TEXTS.text(
                                        call.locale(),
                                        "simulate.progress",
                                        done,
                                        settings.seeds(),
                                        done * 1000 / Math.max(1, now - began)));
            }
        };
    }

    private static Map<String, Object> json(Simulator.Report report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seeds", report.seeds());
        json.put("points", report.points());
        json.put("faults", report.faults());
        json.put("fingerprint", Long.toHexString(report.fingerprint()));
        json.put("tookMillis", report.tookMillis());
        json.put("cancelled", report.cancelled());
        json.put("failures", report.failures());
        return json;
    }

    private static void tell(
            Invocation call, Simulator.Settings settings, Simulator.Report report) {
        Locale locale = call.locale();
        for (Simulator.Failure failure : report.failures()) {
            call.out()
                    .println(
                            TEXTS.text(
                                    locale,
                                    "simulate.failure",
                                    Long.toString(failure.seed()),
                                    failure.world(),
                                    failure.property()));
            failure.faults().forEach(fault -> call.out().println("    " + fault));
            call.out()
                    .println(
                            "    ./standfest simulate --seed "
                                    + failure.seed()
                                    + settings.world().map(name -> " --world " + name).orElse(""));
            if (settings.seeds() == 1) {
                failure.lines().forEach(line -> call.out().println("      " + line));
                failure.trace().forEach(line -> call.out().println("      " + line));
            }
        }
        call.out()
                .println(
                        TEXTS.text(
                                locale,
                                report.cancelled() ? "simulate.cancelled" : "simulate.done",
                                report.seeds(),
                                report.points(),
                                report.faults(),
                                report.failures().size(),
                                report.tookMillis() / 1000.0,
                                Long.toHexString(report.fingerprint())));
    }
}
