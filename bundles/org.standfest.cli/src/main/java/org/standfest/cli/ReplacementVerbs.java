package org.standfest.cli;

import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReplacementModel;
import org.standfest.management.ReplacementView;
import org.standfest.management.ReplacementWay;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemReplacement;
import org.standfest.results.Outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code recover model}: how systems are replaced. With {@code --set} all of it anew, separated by
 * semicolons: {@code places=1}, {@code spares=AGENT,AGENT}, and for each system {@code
 * SYSTEM@PRIORITY=WAY+WAY GATEWAY NETWORK}. Stateless.
 */
final class ReplacementVerbs {

    private static final int DEFAULT_PRIORITY = 5;
    private static final int MOST_WORDS = 3;

    private ReplacementVerbs() {}

    /** The model as typed; empty if it is none. */
    static Optional<ReplacementModel> read(String typed) {
        int places = 0;
        List<String> spares = List.of();
        List<SystemReplacement> systems = new ArrayList<>();
        try {
            for (String one : typed.isBlank() ? new String[0] : typed.split(";")) {
                String[] parts = one.strip().split("=", 2);
                if (parts.length < 2) {
                    return Optional.empty();
                }
                switch (parts[0]) {
                    case "places" -> places = Integer.parseInt(parts[1].strip());
                    case "spares" ->
                            spares = Stream.of(parts[1].split(",")).map(String::strip).toList();
                    default -> systems.add(system(parts[0], parts[1].strip().split(" +")));
                }
            }
            return Optional.of(new ReplacementModel(places, systems, spares));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    private static SystemReplacement system(String name, String[] words) {
        if (words.length > MOST_WORDS) {
            throw new IllegalArgumentException(name);
        }
        int at = name.lastIndexOf('@');
        return new SystemReplacement(
                at < 0 ? name : name.substring(0, at),
                at < 0 ? DEFAULT_PRIORITY : Integer.parseInt(name.substring(at + 1)),
                Stream.of(words[0].split("\\+")).map(ReplacementVerbs::way).toList(),
                words.length == MOST_WORDS ? words[2] : "",
                words.length >= 2 ? words[1] : "");
    }

    private static ReplacementWay way(String word) {
        return ReplacementWay.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static int show(Invocation call, StandbyClient client) {
        return tell(call, client.ask(new RecoveryCall.ShowReplacement()));
    }

    static int set(Invocation call, StandbyClient client, ReplacementModel model) {
        return tell(call, client.ask(new RecoveryCall.SetReplacement(model)));
    }

    /** A person says that the spare machine of a system stands in the branch. */
    static int arrived(Invocation call, StandbyClient client, String systemId) {
        return tell(call, client.ask(new RecoveryCall.SpareArrived(systemId)));
    }

    /** Takes another of a system's ways first. */
    static int choose(Invocation call, StandbyClient client, String systemId, String typed) {
        Outcome<ReplacementView> now = client.ask(new RecoveryCall.ShowReplacement());
        if (!(now instanceof Outcome.Done<ReplacementView>(ReplacementView view))) {
            return call.report(now);
        }
        ReplacementModel old = view.model();
        try {
            SystemReplacement chosen = old.of(systemId).with(way(typed));
            List<SystemReplacement> systems =
                    Stream.concat(
                                    old.systems().stream()
                                            .filter(one -> !one.systemId().equals(systemId)),
                                    Stream.of(chosen))
                            .toList();
            return set(call, client, new ReplacementModel(old.places(), systems, old.spares()));
        } catch (IllegalArgumentException notOne) {
            call.err().println(Talk.text(call, "recover.no-such-way", systemId, typed));
            return ExitCode.REFUSED;
        }
    }

    private static int tell(Invocation call, Outcome<ReplacementView> answer) {
        return Talk.tell(call, answer, view -> shown(call, view));
    }

    private static void shown(Invocation call, ReplacementView view) {
        ReplacementModel model = view.model();
        String taken = String.join(", ", view.taken());
        call.out()
                .println(
                        model.places() == 0
                                ? Talk.text(call, "recover.model-unlimited", taken)
                                : Talk.text(call, "recover.model-places", model.places(), taken));
        for (SystemReplacement one : model.systems()) {
            String ways =
                    String.join(" + ", one.ways().stream().map(way -> text(call, way)).toList());
            call.out()
                    .printf(
                            "%-24s %d  %s  %s %s%n",
                            one.systemId(), one.priority(), ways, one.gateway(), one.network());
        }
        for (String spare : model.spares()) {
            boolean there = view.connected().contains(spare);
            call.out()
                    .println(
                            Talk.text(
                                    call,
                                    there ? "recover.spare-there" : "recover.spare-away",
                                    spare));
        }
    }

    private static String text(Invocation call, ReplacementWay way) {
        return Talk.text(call, "recover.way-" + way.name().toLowerCase(Locale.ROOT));
    }
}
