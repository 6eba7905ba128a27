package org.standfest.recovery.chain;

import org.standfest.management.OperationState;
import org.standfest.recovery.Chronicle;
import org.standfest.recovery.Course;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryState;
import org.standfest.recovery.Told;
import org.standfest.recovery.chain.ChainMember.State;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes a chain to its end, also over crashes. It starts nothing itself: each member is an ordinary
 * activation with all its witnesses and tests. {@link #advance} is called again and again; between
 * two calls nothing is remembered that is not in the store. Safe for any thread.
 *
 * <p>That a member is being started is written down before it is asked for. After a crash a member
 * that is marked so is looked at: if its activation is at work or has succeeded it is taken over,
 * otherwise it is asked for again. An activation refuses a second one, so nothing is started twice.
 */
public final class ChainRunner {

    /** Asks for the activation of a system. */
    @FunctionalInterface
    public interface Starter {
        /** The operation that was begun. */
        Outcome<Operation> start(String systemId, String who, List<String> confirmed);
    }

    private final ChainStore store;
    private final Chronicle chronicle;
    private final Function<String, Outcome<Course>> courses;
    private final Starter starter;
    private Optional<Chain> current = Optional.empty();

    /**
     * @param store where the chain is kept
     * @param chronicle where acts are written down
     * @param courses the course of a system
     * @param starter begins activations
     */
    public ChainRunner(
            ChainStore store,
            Chronicle chronicle,
            Function<String, Outcome<Course>> courses,
            Starter starter) {
        this.store = Objects.requireNonNull(store);
        this.chronicle = Objects.requireNonNull(chronicle);
        this.courses = Objects.requireNonNull(courses);
        this.starter = Objects.requireNonNull(starter);
    }

    /** Reads the chain that a crash or a stop has interrupted. */
    public synchronized Outcome<Void> open() {
        try {
            current = store.load();
            return Outcome.done();
        } catch (IOException fault) {
            return failed(fault);
        }
    }

    /** The chain at work, or the last one. */
    public synchronized Optional<Chain> chain() {
        return current;
    }

    /** Begins a chain; refused while another one is at work, or if it contradicts itself. */
    public synchronized Outcome<Chain> begin(Chain chain) {
        if (current.filter(old -> !old.ended()).isPresent()) {
            return Outcome.refused(Chain.TEXTS.explain("chain.busy", current.get().id()));
        }
        return chain.checked()
                .then(
                        checked -> {
                            for (ChainMember member : checked.members()) {
                                Outcome<Course> known = courses.apply(member.systemId());
                                if (!known.isDone()) {
                                    return known.map(_ -> checked);
                                }
                            }
                            return write(checked, checked.who(), "chain.begun", Map.of());
                        });
    }

    /** Starts no further member; what is being started goes on. */
    public synchronized Outcome<Chain> stop(String who) {
        Optional<Chain> running = current.filter(chain -> !chain.ended());
        return running.map(chain -> write(chain.stop().settled(), who, "chain.stop", Map.of()))
                .orElseGet(() -> Outcome.refused(Chain.TEXTS.explain("chain.none")));
    }

    /** Looks at what is being started and starts what may be started now. */
    public synchronized void advance() {
        if (current.filter(chain -> !chain.ended()).isEmpty()) {
            return;
        }
        Chain chain = current.get();
        for (ChainMember member : chain.members()) {
            if (member.state() == State.STARTING) {
                chain = chain.with(looked(chain, member));
            }
        }
        chain = chain.settled();
        if (!save(chain)) {
            return;
        }
        for (ChainMember member : chain.next()) {
            Chain marked =
                    current.get()
                            .with(member.in(State.STARTING, Optional.empty(), Optional.empty()));
            if (!save(marked)) {
                return;
            }
            save(marked.with(asked(marked, member)));
        }
        if (current.get().settled().ended()) {
            Chain end = current.get().settled();
            long serve = end.members().stream().filter(one -> one.state() == State.SERVES).count();
            write(
                    end,
                    "standby",
                    "chain.ended",
                    Map.of("serve", serve + "", "of", end.members().size() + ""));
        }
    }

    /** What has become of a member that is being started; never started again while it is alive. */
    private ChainMember looked(Chain chain, ChainMember member) {
        Outcome<Course> found = courses.apply(member.systemId());
        if (found instanceof Outcome.Refused) {
            // the system was taken away meanwhile: nobody will ever say what became of it
            return member.in(State.FAILED, member.operationId(), found.problem().map(Told::of));
        }
        if (!found.isDone()) {
            return member;
        }
        Course course = found.result().orElseThrow();
        if (course.busy()) {
            return member;
        }
        if (course.state() instanceof RecoveryState.EmergencyOperation serving && !serving.down()) {
            return member.in(State.SERVES, member.operationId(), Optional.empty());
        }
        Optional<Operation> last =
                course.operation()
                        .filter(operation -> operation.kind() == PlanKind.ACTIVATION)
                        .filter(operation -> belongs(operation, chain, member));
        if (last.isPresent() && last.get().state() != OperationState.SUCCEEDED) {
            return member.in(State.FAILED, Optional.of(last.get().id()), last.get().problem());
        }
        return last.isPresent()
                ? member.in(State.FAILED, Optional.of(last.get().id()), course.state().why())
                : asked(chain, member);
    }

    /** By its id if that was written down; a clock that was set back must not hide it. */
    private static boolean belongs(Operation operation, Chain chain, ChainMember member) {
        return member.operationId()
                .map(operation.id()::equals)
                .orElseGet(() -> !operation.startedAt().isBefore(chain.begunAt()));
    }

    private ChainMember asked(Chain chain, ChainMember member) {
        boolean serves =
                courses.apply(member.systemId())
                        .result()
                        .filter(
                                course ->
                                        course.state()
                                                        instanceof
                                                        RecoveryState.EmergencyOperation on
                                                && !on.down())
                        .isPresent();
        if (serves) {
            return member.in(State.SERVES, Optional.empty(), Optional.empty());
        }
        return switch (starter.start(member.systemId(), chain.who(), chain.confirmed())) {
            case Outcome.Done<Operation>(Operation operation) ->
                    member.in(State.STARTING, Optional.of(operation.id()), Optional.empty());
            case Outcome.Refused<Operation>(var why) ->
                    member.in(State.FAILED, Optional.empty(), Optional.of(Told.of(why)));
            case Outcome.Failed<Operation>(var why, _) ->
                    member.in(State.FAILED, Optional.empty(), Optional.of(Told.of(why)));
        };
    }

    /** What cannot be written down is not done; the next call tries again. */
    private boolean save(Chain chain) {
        if (current.filter(chain::equals).isPresent()) {
            return true;
        }
        try {
            store.save(chain);
            current = Optional.of(chain);
            return true;
        } catch (IOException fault) {
            return false;
        }
    }

    private Outcome<Chain> write(
            Chain chain, String who, String what, Map<String, String> details) {
        try {
            Map<String, String> all = new HashMap<>(details);
            all.put("chain", chain.id());
            all.put(
                    "systems",
                    String.join(",", chain.members().stream().map(ChainMember::systemId).toList()));
            chronicle.write(who, "", what, all);
            store.save(chain);
            current = Optional.of(chain);
            return Outcome.done(chain);
        } catch (IOException fault) {
            return failed(fault);
        }
    }

    private static <T> Outcome<T> failed(IOException fault) {
        return Outcome.failed(Chain.TEXTS.explain("chain.unwritable", fault.getMessage()), fault);
    }
}
