package org.standfest.analysis.commands;

import org.standfest.analysis.commands.Stopwatch.Times;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's SCRAM on a fault tree: exact probability and all minimal cut sets, its report thrown
 * away. One thread.
 */
final class Scram {

    private static final Path PROGRAM = Path.of("/usr/bin/scram");
    private static final Pattern CHILDREN_TIMES =
            Pattern.compile("(\\d+)m([0-9.]+)s (\\d+)m([0-9.]+)s");
    private static final int KILOBYTES_MAX = 6 << 20;
    private static final int SECONDS_PER_MINUTE = 60;

    private final int seconds;
    private final InstantSource clock;

    /**
     * @param seconds of processor time for one tree; 0: it is not started
     */
    Scram(int seconds, InstantSource clock) {
        this.seconds = seconds;
        this.clock = clock;
    }

    boolean isThere() {
        return seconds > 0 && Files.isExecutable(PROGRAM);
    }

    /** How long it took; nothing when it gave no answer within time and six gigabytes. */
    Optional<Times> run(Path file) {
        String script =
                "ulimit -t $1; ulimit -v $2; \"$3\" --bdd --probability 1 -o /dev/null \"$4\";"
                        + " echo \"code $?\"; times";
        Stopwatch watch = new Stopwatch(clock);
        try {
            Process process =
                    new ProcessBuilder(
                                    "/bin/bash",
                                    "-c",
                                    script,
                                    "bench",
                                    Integer.toString(seconds),
                                    Integer.toString(KILOBYTES_MAX),
                                    PROGRAM.toString(),
                                    file.toString())
                            .redirectErrorStream(true)
                            .start();
            byte[] said = process.getInputStream().readAllBytes();
            process.waitFor();
            double wall = watch.read().wall();
            String text = new String(said, StandardCharsets.UTF_8);
            double processor = processorSeconds(text);
            return processor >= 0 && text.contains("code 0")
                    ? Optional.of(new Times(wall, processor))
                    : Optional.empty();
        } catch (IOException broken) {
            return Optional.empty();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** User and system time of the children: the last line of {@code times}. */
    private static double processorSeconds(String said) {
        double found = -1;
        Matcher line = CHILDREN_TIMES.matcher(said);
        while (line.find()) {
            found =
                    SECONDS_PER_MINUTE
                                    * (Double.parseDouble(line.group(1))
                                            + Double.parseDouble(line.group(3)))
                            + Double.parseDouble(line.group(2))
                            + Double.parseDouble(line.group(4));
        }
        return found;
    }
}
