package org.standfest.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The {@code arping} of iputils, which asks the local wire who holds an IPv4 address. Another
 * program of this name (Habets') means other things by the same words and exit codes, so that a
 * held address would look free: it does not count. Safe for any thread.
 */
public final class Arping {

    /** The Debian package that brings it. */
    public static final String PACKAGE = "iputils-arping";

    /** Exit code of {@link #whoHas}: nobody answered. */
    public static final int NOBODY = 0;

    /** Exit code of {@link #whoHas}: somebody holds the address. */
    public static final int SOMEBODY = 1;

    private static final String NAME = "arping";
    private static final String MAKER = "iputils";
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(5);

    /** One lost packet must not make an address look free. */
    private static final String QUESTIONS = "2";

    private final Path program;
    private final ProgramRunner programs;

    private Arping(Path program, ProgramRunner programs) {
        this.program = program;
        this.programs = programs;
    }

    /**
     * The one of this host; empty if it is not installed.
     *
     * @throws IOException a program of this name could not be started
     * @throws InterruptedException the caller was interrupted
     */
    public static Optional<Arping> of(ProgramRunner programs)
            throws IOException, InterruptedException {
        return among(() -> HostPrograms.places(NAME), programs);
    }

    static Optional<Arping> among(Supplier<Stream<Path>> places, ProgramRunner programs)
            throws IOException, InterruptedException {
        for (Path place : places.get().distinct().toList()) {
            ProgramRunner.Result said = programs.run(List.of(place.toString(), "-V"), LOOK_LIMIT);
            if (said.succeeded() && said.output().contains(MAKER)) {
                return Optional.of(new Arping(place, programs));
            }
        }
        return Optional.empty();
    }

    /**
     * Asks twice who holds an address.
     *
     * @param networkInterface through which to ask; it must have a link, or every address looks
     *     free
     * @param patienceSeconds how long to wait for an answer, at least 1; the second question goes
     *     out after one second
     * @return {@link #NOBODY}, {@link #SOMEBODY}, or another exit code for a fault
     * @throws IOException it could not be started
     * @throws InterruptedException the caller was interrupted
     */
    public ProgramRunner.Result whoHas(
            String networkInterface, String address, int patienceSeconds, Duration limit)
            throws IOException, InterruptedException {
        return programs.run(
                List.of(
                        program.toString(),
                        "-D",
                        "-q",
                        "-c",
                        QUESTIONS,
                        "-w",
                        Integer.toString(Math.max(1, patienceSeconds)),
                        "-I",
                        networkInterface,
                        address),
                limit);
    }

    /** In which form neighbours are told: some listen to one, some to the other. */
    public enum Form {
        /** An answer that nobody asked for. */
        ANSWER("-A"),
        /** A question for one's own address. */
        QUESTION("-U");

        private final String option;

        Form(String option) {
            this.option = option;
        }
    }

    /**
     * Tells all neighbours once that an address lives at this host's interface.
     *
     * @throws IOException it could not be started
     * @throws InterruptedException the caller was interrupted
     */
    public ProgramRunner.Result tell(
            String networkInterface, String address, Form form, Duration limit)
            throws IOException, InterruptedException {
        return programs.run(
                List.of(
                        program.toString(),
                        form.option,
                        "-q",
                        "-c",
                        "1",
                        "-I",
                        networkInterface,
                        address),
                limit);
    }
}
