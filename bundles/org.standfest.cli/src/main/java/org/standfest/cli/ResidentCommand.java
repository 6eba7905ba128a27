package org.standfest.cli;

import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.results.Catalog;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A verb that a resident product on this machine answers itself: it is started with the same words,
 * and its input, output and exit code are this one's.
 */
final class ResidentCommand implements Command {

    private static final Catalog TEXTS = StandbyCommand.TEXTS;

    private final String verb;
    private final String product;
    private final List<String> first;

    /**
     * @param product {@code agent} or {@code standby}
     * @param first words before those that were typed
     */
    ResidentCommand(String verb, String product, List<String> first) {
        this.verb = verb;
        this.product = product;
        this.first = List.copyOf(first);
    }

    @Override
    public String verb() {
        return verb;
    }

    @Override
    public String summary(Locale locale) {
        return TEXTS.text(locale, verb + ".summary");
    }

    @Override
    public String usage(Locale locale) {
        return TEXTS.text(locale, verb + ".usage");
    }

    @Override
    public int run(Invocation call) {
        Optional<Path> launcher = launcher(call.workFolder());
        if (launcher.isEmpty()) {
            call.report(
                    org.standfest.results.Outcome.refused(
                            TEXTS.explain("cli.no-product", product)));
            return ExitCode.REFUSED;
        }
        List<String> words = new ArrayList<>();
        words.add(launcher.get().toString());
        words.addAll(first);
        words.addAll(call.arguments());
        if (call.json()) {
            words.add("--json");
        }
        call.out().flush();
        call.err().flush();
        try {
            Process process = new ProcessBuilder(words).inheritIO().start();
            // Ctrl-C reaches both; a SIGTERM to this one is handed on.
            try (Interruption _ = new Interruption(process::destroy)) {
                return process.waitFor();
            }
        } catch (IOException fault) {
            call.report(
                    org.standfest.results.Outcome.failed(
                            TEXTS.explain("cli.no-product", product), fault));
            return ExitCode.FAILED;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    /** Beside this product, where the build puts it, where the package puts it, on the path. */
    private Optional<Path> launcher(Path workFolder) {
        String script = "standfest-" + product;
        Stream<Path> places =
                Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("standfest.products", "/nowhere"))
                                        .resolve(product)
                                        .resolve(script),
                                workFolder.resolve("products").resolve(product).resolve(script),
                                Path.of("/usr/lib", script, script)),
                        Stream.of(
                                        Optional.ofNullable(System.getenv("PATH"))
                                                .orElse("")
                                                .split(File.pathSeparator))
                                .filter(folder -> !folder.isBlank())
                                .map(folder -> Path.of(folder).resolve(script)));
        return places.filter(Files::isExecutable).findFirst();
    }
}
