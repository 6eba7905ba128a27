package org.standfest.announcement;

import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.management.Announcement.NameRecord;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Changes one record of a name server by {@code nsupdate} (RFC 2136, signed by TSIG), and believes
 * it only when the server's own answer says so. Safe for any thread.
 */
final class NameUpdate {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration ASK_LIMIT = Duration.ofSeconds(3);

    private final ProgramRunner programs;
    private final Path keys;
    private final Supplier<Optional<Probe>> names;

    /**
     * @param keys the folder with the files of TSIG keys, as {@code tsig-keygen} writes them
     * @param names the probe that asks name servers, if there is one
     */
    NameUpdate(ProgramRunner programs, Path keys, Supplier<Optional<Probe>> names) {
        this.programs = programs;
        this.keys = keys;
        this.names = names;
    }

    /** Lets a name say something; done also if it says so already. */
    Outcome<Void> set(NameRecord record, String value) {
        Optional<Explanation> problem = problem(record);
        if (problem.isPresent()) {
            return Outcome.refused(problem.get());
        }
        try {
            return says(record, value) ? Outcome.done() : update(record, value);
        } catch (IOException fault) {
            return failed(record, fault.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return failed(record, "interrupted");
        }
    }

    private Outcome<Void> update(NameRecord record, String value)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("nsupdate", ".txt");
        try {
            Files.writeString(script, script(record, value));
            List<String> words = new ArrayList<>();
            words.add(HostPrograms.locate("nsupdate").orElseThrow().toString());
            words.addAll(List.of("-t", "5", "-u", "2", "-r", "1"));
            if (!record.key().isEmpty()) {
                words.addAll(List.of("-k", key(record).toString()));
            }
            words.add(script.toString());
            ProgramRunner.Result result = programs.run(words, LIMIT);
            if (!result.succeeded()) {
                return failed(record, result.lastLine());
            }
        } finally {
            Files.deleteIfExists(script);
        }
        return says(record, value)
                ? Outcome.done()
                : Outcome.failed(
                        Texts.explain(
                                "announcement.name-unchanged",
                                record.name(),
                                record.server(),
                                value));
    }

    /** One message: nobody sees the name without an answer in between. */
    private static String script(NameRecord record, String value) {
        String name = absolute(record.name());
        return """
        server %s %d
        zone %s
        update delete %s %s
        update add %s %d %s %s
        send
        """
                .formatted(
                        record.server(),
                        record.port(),
                        absolute(record.zone()),
                        name,
                        record.type(),
                        name,
                        record.ttlSeconds(),
                        record.type(),
                        record.type().equals("CNAME") ? absolute(value) : value);
    }

    private static String absolute(String name) {
        return name.endsWith(".") ? name : name + ".";
    }

    private boolean says(NameRecord record, String value) {
        return asked(record, record.name() + " " + record.type() + " " + value)
                .filter(verdict -> verdict.answer() == Verdict.Answer.POSITIVE)
                .isPresent();
    }

    private Optional<Verdict> asked(NameRecord record, String question) {
        ProbeTarget target = ProbeTarget.asking(record.server(), record.port(), question);
        return names.get().map(probe -> probe.test(target, ASK_LIMIT));
    }

    private Path key(NameRecord record) {
        return keys.resolve(record.key());
    }

    /** Why a name could never be changed from here; asks nobody. */
    Optional<Explanation> problem(NameRecord record) {
        if (HostPrograms.locate("nsupdate").isEmpty()) {
            return Optional.of(
                    Texts.explain("announcement.no-program", "nsupdate", "bind9-dnsutils"));
        }
        if (names.get().isEmpty()) {
            return Optional.of(Texts.explain("announcement.no-probe", record.name()));
        }
        return record.key().isEmpty() || Files.isReadable(key(record))
                ? Optional.empty()
                : Optional.of(Texts.explain("announcement.no-key", key(record), record.name()));
    }

    /** What the name server does not answer today: it may be changed in time. */
    Optional<Explanation> doubt(NameRecord record) {
        return asked(record, record.zone() + " SOA")
                .filter(verdict -> verdict.answer() != Verdict.Answer.POSITIVE)
                .map(Verdict::reason);
    }

    private static Outcome<Void> failed(NameRecord record, String detail) {
        return Outcome.failed(
                Texts.explain("announcement.name-failed", record.name(), record.server(), detail));
    }
}
