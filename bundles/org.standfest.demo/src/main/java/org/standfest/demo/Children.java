package org.standfest.demo;

import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes of the journey: the packed products, started by their own start scripts as a user
 * would, and everything they start. Ends them all, whatever happened. Used by one thread, {@link
 * #endAll} also by the shutdown hook.
 */
final class Children {

    private static final Catalog TEXTS = Catalog.beside(Children.class);
    private static final Duration GENTLE = Duration.ofSeconds(5);
    private static final int TAIL_LINES = 6;

    private final Path products;
    private final Path home;
    private final List<Process> running = new ArrayList<>();

    /**
     * @param products the folder that holds the packed products {@code agent} and {@code standby}
     * @param home the journey's work folder; every process of the journey names it on its command
     *     line
     */
    Children(Path products, Path home) {
        this.products = products;
        this.home = home;
    }

    /** Starts a product that goes on running; what it says goes to a log file. */
    Outcome<Process> start(String product, List<String> arguments) {
        Path log = log(product);
        try {
            Files.createDirectories(log.getParent());
            Process process =
                    new ProcessBuilder(command(product, arguments))
                            .redirectErrorStream(true)
                            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            synchronized (running) {
                running.add(process);
            }
            return Outcome.done(process);
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("demo.product-missing", product, products), fault);
        }
    }

    /** Runs a product to its end and answers what it printed. */
    Outcome<String> run(String product, List<String> arguments) throws InterruptedException {
        Outcome<Process> started = start(product, arguments);
        if (!(started instanceof Outcome.Done<Process>(Process process))) {
            return started.map(_ -> "");
        }
        int code = process.waitFor();
        return code == 0
                ? Outcome.done(tail(product))
                : Outcome.failed(
                        TEXTS.explain(
                                "demo.product-failed",
                                product + " " + arguments.getFirst(),
                                code,
                                tail(product),
                                log(product)));
    }

    /** The last lines of a product's log. */
    String tail(String product) {
        try {
            List<String> lines = Files.readAllLines(log(product));
            return String.join(
                    " | ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "";
        }
    }

    private Path log(String product) {
        return home.resolve("logs").resolve(product + ".log");
    }

    private List<String> command(String product, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(products.resolve(product).resolve("standfest-" + product).toString());
        words.addAll(arguments);
        return words;
    }

    /**
     * Ends every process of the journey, gently first, and those of an earlier journey that were
     * left.
     */
    void endAll() {
        List<ProcessHandle> all = new ArrayList<>();
        synchronized (running) {
            running.forEach(process -> all.add(process.toHandle()));
            running.clear();
        }
        ours().forEach(all::add);
        // The products first: they still hold the machines, and may want to say so.
        all.forEach(ProcessHandle::destroy);
        await(all, GENTLE);
        Stream.concat(all.stream(), ours()).forEach(ProcessHandle::destroyForcibly);
        await(all, GENTLE);
    }

    /** Whether a process of the journey still runs. */
    boolean anyLeft() {
        return ours().findAny().isPresent();
    }

    private Stream<ProcessHandle> ours() {
        String folder = home.toString() + File.separator;
        long self = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != self)
                .filter(process -> isEngine(process.info().command().orElse("")))
                .filter(process -> process.info().commandLine().orElse("").contains(folder));
    }

    private static boolean isEngine(String executable) {
        String name = executable.substring(executable.lastIndexOf('/') + 1);
        return name.startsWith("qemu-system") || name.equals("java");
    }

    private static void await(List<ProcessHandle> processes, Duration limit) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
