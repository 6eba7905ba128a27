package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.management.Action;
import org.standfest.management.BootProof;
import org.standfest.management.BootProofList;
import org.standfest.management.ChainView;
import org.standfest.management.JournalExcerpt;
import org.standfest.management.JournalProof;
import org.standfest.management.OperatorAccess;
import org.standfest.management.ProofPicture;
import org.standfest.management.ReadinessView;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReturnOrder;
import org.standfest.management.ReturnWindow;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemStatus;
import org.standfest.management.WindowView;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code standfest recover}: outage, emergency operation and the way home, as a person walks them.
 */
@Component(service = Command.class)
public final class RecoverCommand extends StandbyCommand {

    private static final Map<String, Action> ACTIONS =
            Map.of(
                    "outage", Action.REPORT_OUTAGE,
                    "activate", Action.ACTIVATE,
                    "switch", Action.SWITCH,
                    "rehearse", Action.REHEARSE,
                    "undo", Action.UNDO,
                    "unblock", Action.UNBLOCK);
    private static final Map<String, Action> PLANS =
            Map.of(
                    "activate", Action.ACTIVATE,
                    "switch", Action.SWITCH,
                    "rehearse", Action.REHEARSE,
                    "return", Action.RETURN,
                    "undo", Action.UNDO);
    private static final int JOURNAL_LINES = 200;
    private static final Form FORM =
            new Form(
                    Set.of(
                            "agent", "disk", "confirm", "picture", "at-once", "from", "until",
                            "set"),
                    Set.of("verify", "stop", "rehearse", "now", "spare"));

    /** Called by the framework. */
    public RecoverCommand() {
        this(OperatorAccess::open);
    }

    /**
     * @param lines opens the line to the standby
     */
    RecoverCommand(Function<OperatorAccess, Outcome<StandbyClient>> lines) {
        super("recover", FORM, lines);
    }

    @Override
    int run(Invocation call, Arguments arguments, OperatorAccess access) {
        List<String> words = arguments.words();
        if (words.stream().findFirst().filter("chain"::equals).isPresent()) {
            return chain(call, arguments, access);
        }
        if (words.isEmpty() || words.size() > 3) {
            return usageError(call, "cli.arguments");
        }
        String what = words.getFirst();
        if (words.size() == 1) {
            return alone(call, arguments, access, what);
        }
        String id = words.get(1);
        if (words.size() == 3) {
            return chosen(call, access, what, id, words.get(2));
        }
        if (ACTIONS.containsKey(what)) {
            List<String> confirmed =
                    arguments.option("confirm").map(it -> List.of(it.split(","))).orElse(List.of());
            return ask(
                    call,
                    access,
                    client ->
                            Talk.follow(
                                    call, client, client.begin(id, ACTIONS.get(what), confirmed)));
        }
        return switch (what) {
            case "status" -> ask(call, access, client -> status(call, client.system(id)));
            case "plan" -> plan(call, access, id, Action.ACTIVATE);
            case "check" -> ask(call, access, client -> check(call, client, id));
            case "verify" -> verify(call, arguments, access, id);
            case "histories" ->
                    ask(
                            call,
                            access,
                            client ->
                                    Talk.tell(
                                            call,
                                            client.ask(new RecoveryCall.Histories(id)),
                                            list -> RecoveryShown.histories(call, list)));
            case "journal" ->
                    arguments.has("verify")
                            ? ask(call, access, client -> proveJournal(call, client))
                            : ask(call, access, client -> journal(call, client, id));
            case "arrived" ->
                    ask(call, access, client -> ReplacementVerbs.arrived(call, client, id));
            case "return" -> comeHome(call, arguments, access, id);
            case "forecast" ->
                    ask(
                            call,
                            access,
                            client ->
                                    Talk.tell(
                                            call,
                                            client.ask(
                                                    new RecoveryCall.ForecastReturn(
                                                            id,
                                                            arguments.option("agent").orElse(""))),
                                            it -> RecoveryShown.forecast(call, it)));
            case "window" -> window(call, arguments, access, id);
            case "release" -> ask(call, access, client -> ReleaseVerbs.give(call, client, id));
            case "deny" -> ask(call, access, client -> ReleaseVerbs.deny(call, client, id));
            default -> usageError(call, "cli.arguments");
        };
    }

    /** What needs a system and a choice. */
    private int chosen(
            Invocation call, OperatorAccess access, String what, String id, String choice) {
        return switch (what) {
            case "way" ->
                    ask(call, access, client -> ReplacementVerbs.choose(call, client, id, choice));
            case "plan" ->
                    PLANS.containsKey(choice)
                            ? plan(call, access, id, PLANS.get(choice))
                            : usageError(call, "cli.arguments");
            default -> usageError(call, "cli.arguments");
        };
    }

    /** {@code chain db app:db web:app,db@2 --at-once 2}; without systems: how far it is. */
    private int chain(Invocation call, Arguments arguments, OperatorAccess access) {
        List<String> specs = arguments.words().subList(1, arguments.words().size());
        Optional<Integer> atOnce = ChainWords.number(arguments.option("at-once").orElse("1"));
        List<ChainView.Member> members = specs.stream().flatMap(ChainWords::member).toList();
        if (members.size() != specs.size()
                || atOnce.isEmpty()
                || arguments.has("stop") && !specs.isEmpty()) {
            return usageError(call, "cli.arguments");
        }
        List<String> confirmed =
                arguments.option("confirm").map(it -> List.of(it.split(","))).orElse(List.of());
        RecoveryCall<ChainView> asked =
                arguments.has("stop")
                        ? new RecoveryCall.StopChain()
                        : specs.isEmpty()
                                ? new RecoveryCall.ShowChain()
                                : new RecoveryCall.StartChain(atOnce.get(), members, confirmed);
        return ask(
                call,
                access,
                client -> {
                    Outcome<ChainView> answer = client.ask(asked);
                    while (!specs.isEmpty()
                            && answer.result().filter(view -> !view.ended()).isPresent()
                            && Talk.pause()) {
                        answer = client.ask(new RecoveryCall.ShowChain());
                    }
                    int code = Talk.tell(call, answer, view -> RecoveryShown.chain(call, view));
                    boolean all =
                            answer.result()
                                    .filter(
                                            view ->
                                                    view.members().stream()
                                                            .allMatch(
                                                                    one ->
                                                                            one.state()
                                                                                    .equals(
                                                                                            "SERVES")))
                                    .isPresent();
                    return code == ExitCode.DONE && !specs.isEmpty() && !all
                            ? ExitCode.REFUSED
                            : code;
                });
    }

    /** What needs no system. */
    private int alone(Invocation call, Arguments arguments, OperatorAccess access, String what) {
        return switch (what) {
            case "status" ->
                    ask(
                            call,
                            access,
                            client ->
                                    Talk.tell(
                                            call,
                                            client.systems(),
                                            all ->
                                                    all.forEach(
                                                            one ->
                                                                    RecoveryShown.status(
                                                                            call, one))));
            case "journal" ->
                    arguments.has("verify")
                            ? ask(call, access, client -> proveJournal(call, client))
                            : ask(call, access, client -> journal(call, client, ""));
            case "releases" -> ask(call, access, client -> ReleaseVerbs.list(call, client));
            case "contacts" -> contacts(call, arguments, access);
            case "model" -> model(call, arguments, access);
            default -> usageError(call, "cli.arguments");
        };
    }

    private int model(Invocation call, Arguments arguments, OperatorAccess access) {
        Optional<String> typed = arguments.option("set");
        if (typed.isEmpty()) {
            return ask(call, access, client -> ReplacementVerbs.show(call, client));
        }
        return typed.flatMap(ReplacementVerbs::read)
                .map(all -> ask(call, access, client -> ReplacementVerbs.set(call, client, all)))
                .orElseGet(() -> usageError(call, "cli.arguments"));
    }

    private int contacts(Invocation call, Arguments arguments, OperatorAccess access) {
        Optional<String> typed = arguments.option("set");
        if (typed.isEmpty()) {
            return ask(call, access, client -> ContactVerbs.show(call, client));
        }
        return typed.flatMap(ContactVerbs::read)
                .map(list -> ask(call, access, client -> ContactVerbs.set(call, client, list)))
                .orElseGet(() -> usageError(call, "cli.arguments"));
    }

    private static int status(Invocation call, Outcome<SystemStatus> answer) {
        return Talk.tell(call, answer, system -> RecoveryShown.status(call, system));
    }

    private int plan(Invocation call, OperatorAccess access, String id, Action action) {
        return ask(
                call,
                access,
                client ->
                        Talk.tell(
                                call,
                                client.ask(new RecoveryCall.ShowPlan(id, action)),
                                plan -> RecoveryShown.plan(call, plan)));
    }

    /** Not ready is a finding. */
    private static int check(Invocation call, StandbyClient client, String id) {
        Outcome<ReadinessView> answer = client.ask(new RecoveryCall.CheckReady(id));
        int code = Talk.tell(call, answer, view -> RecoveryShown.readiness(call, view));
        return answer.result().filter(view -> !view.ready()).isPresent() ? ExitCode.REFUSED : code;
    }

    /** A broken chain is a finding. */
    private static int proveJournal(Invocation call, StandbyClient client) {
        Outcome<JournalProof> answer = client.ask(new RecoveryCall.ProveJournal());
        int code = Talk.tell(call, answer, proof -> RecoveryShown.journal(call, proof));
        return answer.result().flatMap(JournalProof::broken).isPresent() ? ExitCode.REFUSED : code;
    }

    /** The proofs that the image starts; with {@code --picture} the newest picture into a file. */
    private int verify(Invocation call, Arguments arguments, OperatorAccess access, String id) {
        Optional<Path> file = arguments.option("picture").map(Path::of);
        return ask(
                call,
                access,
                client -> {
                    Outcome<BootProofList> answer = client.ask(new RecoveryCall.BootProofs(id));
                    int code = Talk.tell(call, answer, list -> RecoveryShown.proofs(call, list));
                    Optional<BootProof> newest =
                            answer.result().flatMap(list -> list.proofs().stream().findFirst());
                    if (file.isPresent() && newest.filter(BootProof::picture).isPresent()) {
                        code = save(call, client, id, newest.get().id(), file.get());
                    }
                    boolean unproved =
                            answer.isDone() && newest.filter(BootProof::proved).isEmpty();
                    return code == ExitCode.DONE && unproved ? ExitCode.REFUSED : code;
                });
    }

    private static int save(
            Invocation call, StandbyClient client, String id, String proof, Path file) {
        Outcome<ProofPicture> picture = client.ask(new RecoveryCall.ShowProof(id, proof));
        if (!(picture instanceof Outcome.Done<ProofPicture>(ProofPicture shown))) {
            return call.report(picture);
        }
        try {
            Files.write(file, Base64.getDecoder().decode(shown.png()));
            return ExitCode.DONE;
        } catch (IOException fault) {
            return call.report(
                    Outcome.failed(TEXTS.explain("recover.cannot-write", file, fault), fault));
        }
    }

    private int comeHome(
            Invocation call, Arguments arguments, OperatorAccess access, String systemId) {
        Optional<String> agent =
                arguments.has("spare") ? Optional.of("") : arguments.option("agent");
        Optional<ReturnOrder.TargetDisk> disk = arguments.option("disk").flatMap(TargetDisks::read);
        Optional<ReturnWindow> window = WindowWords.read(arguments);
        if (agent.isEmpty()
                || arguments.has("spare") && arguments.option("agent").isPresent()
                || disk.isEmpty() != arguments.option("disk").isEmpty()
                || window.isEmpty() && WindowWords.said(arguments)) {
            return usageError(call, "cli.arguments");
        }
        ReturnOrder order =
                new ReturnOrder(
                        systemId,
                        agent.get(),
                        disk.map(List::of).orElse(List.of()),
                        "",
                        Map.of(),
                        window,
                        arguments.has("rehearse"));
        return ask(call, access, client -> Talk.follow(call, client, client.returnHome(order)));
    }

    /** Shows what a return waits for; with a window or {@code --now} chooses anew. */
    private int window(Invocation call, Arguments arguments, OperatorAccess access, String id) {
        Optional<ReturnWindow> window = WindowWords.read(arguments);
        boolean said = WindowWords.said(arguments);
        boolean now = arguments.has("now");
        if (said && (now || window.isEmpty())) {
            return usageError(call, "cli.arguments");
        }
        RecoveryCall<WindowView> asked =
                said || now
                        ? new RecoveryCall.ChangeWindow(id, window)
                        : new RecoveryCall.ShowWindow(id);
        return ask(
                call,
                access,
                client -> Talk.tell(call, client.ask(asked), it -> RecoveryShown.window(call, it)));
    }

    private int journal(Invocation call, StandbyClient client, String systemId) {
        return Talk.tell(
                call,
                client.journal(systemId, 0, JOURNAL_LINES),
                (JournalExcerpt excerpt) -> {
                    excerpt.lines()
                            .forEach(
                                    line ->
                                            call.out()
                                                    .printf(
                                                            "%5d  %s  %-12s  %s%n",
                                                            line.number(),
                                                            Shown.instant(line.at(), call.locale()),
                                                            line.who(),
                                                            line.text()));
                    call.out()
                            .println(
                                    excerpt.broken()
                                            .map(it -> it.happened())
                                            .orElse(TEXTS.text(call.locale(), "journal.proved")));
                });
    }
}
