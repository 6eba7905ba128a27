package org.standfest.demo;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.standfest.command.Command;
import org.standfest.command.Console;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code standfest demo}: the journey, its reports, and a clean stage afterwards whatever happened.
 */
@Component
public final class DemoCommand implements Command {

    private static final Catalog TEXTS = Catalog.beside(DemoCommand.class);
    private static final int CANCELLED = 130;
    private static final long CLEANUP_SECONDS = 20;

    private final Hypervisor hypervisor;
    private final InstantSource clock = InstantSource.system();

    /** Called by the framework. */
    @Activate
    public DemoCommand(@Reference Hypervisor hypervisor) {
        this.hypervisor = hypervisor;
    }

    @Override
    public String verb() {
        return "demo";
    }

    @Override
    public String summary(Locale locale) {
        return TEXTS.text(locale, "demo.summary");
    }

    @Override
    public String usage(Locale locale) {
        return TEXTS.text(locale, "demo.usage");
    }

    @Override
    public int run(Invocation call) {
        if (!call.arguments().isEmpty()) {
            return call.usage(
                    TEXTS.explain("demo.arguments", String.join(" ", call.arguments())),
                    usage(call.locale()));
        }
        String products = System.getProperty("standfest.products", "");
        if (products.isEmpty() || !Files.isDirectory(Path.of(products, "standby"))) {
            return call.report(Outcome.refused(TEXTS.explain("demo.products", products)));
        }
        Path home = call.workFolder().resolve("demo");
        try {
            Files.createDirectories(home);
            try (FileChannel channel =
                            FileChannel.open(
                                    home.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = lock(channel)) {
                return lock == null
                        ? call.report(Outcome.refused(TEXTS.explain("demo.running", home)))
                        : walk(call, Path.of(products), home);
            }
        } catch (IOException fault) {
            return call.report(
                    Outcome.failed(TEXTS.explain("demo.folder", home, fault.getMessage()), fault));
        }
    }

    // The users are closed in the finally block.
    @SuppressWarnings("resource")
    private int walk(Invocation call, Path products, Path home) throws IOException {
        Children children = new Children(products, home);
        children.endAll();
        clear(home);
        // A person who wants JSON gets nothing else on standard output.
        Console story = call.json() ? call.err() : call.out();
        boolean terminal = System.console() != null && System.console().isTerminal();
        Course course = new Course(story, call.locale(), terminal && !call.json(), clock);
        Stage stage =
                new Stage(
                        home,
                        call.workFolder().resolve("cache"),
                        children,
                        hypervisor,
                        call.locale());
        CountDownLatch clean = new CountDownLatch(1);
        Thread walker = Thread.currentThread();
        Thread hook = new Thread(() -> cancel(walker, children, clean), "demo-cancel");
        Runtime.getRuntime().addShutdownHook(hook);
        Writer users = new Writer(stage.ledger(), clock);
        Journey journey = new Journey(stage, course, users, clock);
        Phase.Verdict verdict = Phase.Verdict.FAILED;
        Explanation problem = null;
        boolean refused = false;
        try {
            journey.walk();
            verdict = Phase.Verdict.PASSED;
        } catch (JourneyFault fault) {
            problem = fault.reason();
            refused = fault.refused();
        } catch (InterruptedException cancelled) {
            verdict = Phase.Verdict.CANCELLED;
        } finally {
            users.close();
            journey.close();
            children.endAll();
        }
        String reason = problem == null ? "" : problem.inFull(call.locale());
        DemoReport report =
                DemoReport.of(verdict, journey.facts(), course.phases(), reason, clock.instant());
        write(home, report, new HtmlReport(course, call.locale()).page(report, journey.facts()));
        tell(call, story, course, report, home);
        clean.countDown();
        if (problem != null) {
            new Invocation(
                            call.arguments(),
                            story,
                            call.err(),
                            call.locale(),
                            call.workFolder(),
                            false)
                    .report(Outcome.failed(problem));
        }
        return switch (verdict) {
            case PASSED -> ExitCode.DONE;
            case CANCELLED -> CANCELLED;
            case FAILED -> refused ? ExitCode.REFUSED : ExitCode.FAILED;
        };
    }

    private static void tell(
            Invocation call, Console story, Course course, DemoReport report, Path home) {
        course.printTable();
        story.println();
        if (report.rtaS() != null && report.returnInterruptionS() != null) {
            story.println(
                    course.text(
                            "summary",
                            seconds(report.rtaS(), call.locale()),
                            seconds(report.rpaS(), call.locale()),
                            seconds(report.returnInterruptionS(), call.locale())));
        }
        if (!report.verdict().equals("failed")) {
            story.println(course.text("summary." + report.verdict()));
        }
        story.println(
                course.text(
                        "summary.reports",
                        home.resolve("report.html"),
                        home.resolve("report.json")));
        if (call.json()) {
            call.out().print(report.json());
        }
    }

    private static String seconds(double seconds, Locale locale) {
        return String.format(locale, "%.1f s", seconds);
    }

    private static void write(Path home, DemoReport report, String page) throws IOException {
        Files.writeString(home.resolve("report.json"), report.json(), StandardCharsets.UTF_8);
        Files.writeString(home.resolve("report.html"), page, StandardCharsets.UTF_8);
    }

    /**
     * Ctrl-C: the journey is told to stop, and the process may only end when the stage is clean.
     */
    private static void cancel(Thread walker, Children children, CountDownLatch clean) {
        walker.interrupt();
        try {
            if (!clean.await(CLEANUP_SECONDS, TimeUnit.SECONDS)) {
                children.endAll();
            }
        } catch (InterruptedException again) {
            children.endAll();
            Thread.currentThread().interrupt();
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    /** Empties the work folder of an earlier journey, but for the lock. */
    private static void clear(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(home) && !path.equals(home.resolve("lock"))) {
                    Files.delete(path);
                }
            }
        }
    }
}
