package org.standfest.announcement;

import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.management.Announcement.TakenAddress;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives an address to an interface of this host by Linux's {@code ip}, tells the neighbours by
 * {@code arping}, and takes it away again. An address taken this way carries a label ({@code
 * eth0:sf}), so that after any crash it is known what may be taken away: an address without it is
 * the host's own and is left alone. Needs the right to administrate the network. Safe for any
 * thread.
 */
final class AddressTakeover {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String MARK = ":sf";

    private final ProgramRunner programs;

    AddressTakeover(ProgramRunner programs) {
        this.programs = programs;
    }

    private enum Holder {
        NOBODY,
        HOST,
        TAKEN
    }

    /** Takes an address. Done also if this host has it already; refused if somebody else has it. */
    Outcome<Void> take(TakenAddress address) {
        return holder(address)
                .then(
                        holder ->
                                holder == Holder.NOBODY
                                        ? free(address).then(_ -> add(address))
                                        : Outcome.done());
    }

    /** Nobody on the wire may have it: two machines with one address serve nobody. */
    private Outcome<Void> free(TakenAddress address) {
        return run(
                "arping",
                result ->
                        switch (result.exitCode()) {
                            case 0 -> Outcome.done();
                            case 1 -> Outcome.refused(text("announcement.held", address));
                            default -> failed(address, result);
                        },
                "-D",
                "-q",
                "-c",
                "1",
                "-w",
                "1",
                "-I",
                address.networkInterface(),
                address.address());
    }

    private Outcome<Void> add(TakenAddress address) {
        return change(address, "add")
                .then(_ -> holder(address))
                .then(
                        holder ->
                                holder == Holder.TAKEN
                                        ? Outcome.done()
                                        : Outcome.failed(text("announcement.not-taken", address)));
    }

    /** Gives an address back that was taken; one of the host's own stays. */
    Outcome<Void> giveBack(TakenAddress address) {
        return holder(address)
                .then(
                        holder ->
                                holder == Holder.TAKEN
                                        ? change(address, "delete").then(_ -> isGone(address))
                                        : Outcome.done());
    }

    private Outcome<Void> isGone(TakenAddress address) {
        return holder(address)
                .then(
                        holder ->
                                holder == Holder.TAKEN
                                        ? Outcome.failed(text("announcement.not-gone", address))
                                        : Outcome.done());
    }

    private Outcome<Void> change(TakenAddress address, String verb) {
        return run(
                "ip",
                result -> result.succeeded() ? Outcome.done() : failed(address, result),
                "address",
                verb,
                address.address() + "/" + address.prefixLength(),
                "dev",
                address.networkInterface(),
                "label",
                address.networkInterface() + MARK);
    }

    /**
     * Tells all neighbours that the address lives at this host's card now, as an answer and as a
     * question: some listen to one, some to the other.
     */
    Outcome<Void> tell(TakenAddress address) {
        return tell(address, "-A").then(_ -> tell(address, "-U"));
    }

    private Outcome<Void> tell(TakenAddress address, String form) {
        return run(
                "arping",
                result -> result.succeeded() ? Outcome.done() : failed(address, result),
                form,
                "-q",
                "-c",
                "1",
                "-I",
                address.networkInterface(),
                address.address());
    }

    /** Why an address could not be taken; nothing is changed. */
    Optional<Explanation> problem(TakenAddress address) {
        Optional<String> missing =
                Stream.of("ip", "arping")
                        .filter(one -> HostPrograms.locate(one).isEmpty())
                        .findFirst();
        if (missing.isPresent()) {
            return missing.map(
                    one ->
                            Texts.explain(
                                    "announcement.no-program",
                                    one,
                                    one.equals("ip") ? "iproute2" : "iputils-arping"));
        }
        return holder(address).problem();
    }

    private Outcome<Holder> holder(TakenAddress address) {
        return run(
                "ip",
                result ->
                        result.succeeded()
                                ? Outcome.done(holder(address, result.output()))
                                : Outcome.refused(text("announcement.no-interface", address)),
                "-o",
                "-4",
                "address",
                "show",
                "dev",
                address.networkInterface());
    }

    /** A line reads {@code 2: eth0 inet 192.0.2.10/24 scope global secondary eth0:sf\ ...}. */
    private static Holder holder(TakenAddress address, String lines) {
        return lines.lines()
                .filter(line -> line.contains(" inet " + address.address() + "/"))
                .findFirst()
                .map(
                        line ->
                                line.matches(".*\\s" + label(address) + "(\\\\|\\s|$).*")
                                        ? Holder.TAKEN
                                        : Holder.HOST)
                .orElse(Holder.NOBODY);
    }

    private static String label(TakenAddress address) {
        return Pattern.quote(address.networkInterface() + MARK);
    }

    /** What becomes of a program's end. */
    private interface Reading<T> {
        Outcome<T> of(ProgramRunner.Result result);
    }

    private <T> Outcome<T> run(String program, Reading<T> reading, String... words) {
        Optional<Path> found = HostPrograms.locate(program);
        if (found.isEmpty()) {
            return Outcome.refused(
                    Texts.explain(
                            "announcement.no-program",
                            program,
                            program.equals("ip") ? "iproute2" : "iputils-arping"));
        }
        List<String> all = new ArrayList<>(List.of(found.get().toString()));
        all.addAll(List.of(words));
        try {
            return reading.of(programs.run(all, LIMIT));
        } catch (IOException fault) {
            return Outcome.failed(
                    Texts.explain("announcement.program", program, fault.getMessage()), fault);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Outcome.failed(Texts.explain("announcement.program", program, "interrupted"));
        }
    }

    private static <T> Outcome<T> failed(TakenAddress address, ProgramRunner.Result result) {
        return Outcome.failed(
                Texts.explain(
                        "announcement.address-failed",
                        address.address(),
                        address.networkInterface(),
                        result.lastLine()));
    }

    private static Explanation text(String code, TakenAddress address) {
        return Texts.explain(code, address.address(), address.networkInterface());
    }
}
