package org.standfest.announcement;

import org.standfest.host.Arping;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.management.Announcement.TakenAddress;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Gives an address to an interface of this host by Linux's {@code ip}, tells the neighbours by
 * iputils' {@code arping}, and takes it away again. An address taken this way carries a label
 * ({@code eth0:sf}), so that after any crash it is known what may be taken away: an address without
 * it is the host's own and is left alone. Needs the right to administrate the network. Safe for any
 * thread.
 */
final class AddressTakeover {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int QUESTION_SECONDS = 2;
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
        return link(address)
                .then(
                        _ ->
                                arping(
                                        arping ->
                                                arping.whoHas(
                                                        address.networkInterface(),
                                                        address.address(),
                                                        QUESTION_SECONDS,
                                                        LIMIT),
                                        result ->
                                                switch (result.exitCode()) {
                                                    case Arping.NOBODY -> Outcome.done();
                                                    case Arping.SOMEBODY ->
                                                            Outcome.refused(
                                                                    text(
                                                                            "announcement.held",
                                                                            address));
                                                    default -> failed(address, result);
                                                }));
    }

    /** Without a link every address looks free. */
    private Outcome<Void> link(TakenAddress address) {
        return run(
                "ip",
                result ->
                        !result.succeeded()
                                ? Outcome.refused(text("announcement.no-interface", address))
                                : result.output().matches("(?s).*<[^>]*\\bLOWER_UP\\b[^>]*>.*")
                                        ? Outcome.done()
                                        : Outcome.refused(text("announcement.no-link", address)),
                "-o",
                "link",
                "show",
                "dev",
                address.networkInterface());
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
        return tell(address, Arping.Form.ANSWER).then(_ -> tell(address, Arping.Form.QUESTION));
    }

    private Outcome<Void> tell(TakenAddress address, Arping.Form form) {
        return arping(
                arping -> arping.tell(address.networkInterface(), address.address(), form, LIMIT),
                result -> result.succeeded() ? Outcome.done() : failed(address, result));
    }

    /** Why an address could not be taken; nothing is changed. */
    Optional<Explanation> problem(TakenAddress address) {
        return holder(address)
                .then(_ -> link(address))
                .then(_ -> arping(_ -> new ProgramRunner.Result(0, ""), _ -> Outcome.done()))
                .problem();
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

    /** What is asked of a program. */
    private interface Asking<P> {
        ProgramRunner.Result of(P program) throws IOException, InterruptedException;
    }

    /** How a program is found. */
    private interface Finding<P> {
        Optional<P> found() throws IOException, InterruptedException;
    }

    private <T> Outcome<T> run(String program, Reading<T> reading, String... words) {
        return fenced(
                program,
                "iproute2",
                () -> HostPrograms.locate(program),
                place -> {
                    List<String> all = new ArrayList<>(List.of(place.toString()));
                    all.addAll(List.of(words));
                    return programs.run(all, LIMIT);
                },
                reading);
    }

    private Outcome<Void> arping(Asking<Arping> asking, Reading<Void> reading) {
        return fenced("arping", Arping.PACKAGE, () -> Arping.of(programs), asking, reading);
    }

    private static <P, T> Outcome<T> fenced(
            String program,
            String itsPackage,
            Finding<P> finding,
            Asking<P> asking,
            Reading<T> reading) {
        try {
            Optional<P> found = finding.found();
            return found.isEmpty()
                    ? Outcome.refused(Texts.explain("announcement.no-program", program, itsPackage))
                    : reading.of(asking.of(found.get()));
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
