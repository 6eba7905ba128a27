package org.standfest.cli;

import org.standfest.command.Arguments;
import org.standfest.command.Invocation;
import org.standfest.management.CareCall;
import org.standfest.management.CarePolicy;
import org.standfest.management.CareRuling;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemCare;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the parts of {@code standfest pool} do. Stateless. */
final class PoolParts {

    private PoolParts() {}

    static int list(Invocation call, List<String> words, Arguments a, StandbyClient client) {
        return Talk.tell(
                call, client.ask(new CareCall.PoolList()), pool -> PoolShown.pool(call, pool));
    }

    static int show(Invocation call, List<String> words, Arguments a, StandbyClient client) {
        return Talk.tell(
                call,
                client.ask(new CareCall.PoolShow(words.getFirst())),
                care -> PoolShown.system(call, care));
    }

    static int verify(Invocation call, List<String> words, Arguments a, StandbyClient client) {
        String system = words.isEmpty() ? "" : words.getFirst();
        return Talk.followTask(call, client, client.ask(new CareCall.Verify(system)));
    }

    static int scrub(Invocation call, List<String> words, Arguments options, StandbyClient client) {
        String what = words.isEmpty() ? "status" : words.getFirst();
        String system = words.size() == 2 ? words.get(1) : "";
        return switch (what) {
            case "status" ->
                    Talk.tell(
                            call,
                            client.ask(new CareCall.Scrubs()),
                            status -> PoolShown.scrub(call, status));
            case "start" ->
                    Talk.followTask(call, client, client.ask(new CareCall.ScrubNow(system)));
            case "stop" -> stopScrub(call, client);
            case "plan" -> planScrub(call, options, client);
            default -> Talk.wrong(call, "pool.scrub");
        };
    }

    static int stopScrub(Invocation call, StandbyClient client) {
        return Talk.tell(
                call,
                client.ask(new CareCall.Scrubs())
                        .then(
                                status ->
                                        client.ask(
                                                new CareCall.CancelTask(
                                                        status.runningTask().orElse("no-scrub")))),
                task -> call.out().println(Talk.text(call, "pool.scrub-stopped")));
    }

    static int planScrub(Invocation call, Arguments options, StandbyClient client) {
        OptionalLong every = Amounts.millis(options.option("every").orElse("7 d"));
        OptionalLong rate = Amounts.bytes(options.option("rate").orElse("50 MB"));
        long hours = every.orElse(-1) / 3_600_000;
        if (every.isEmpty()
                || rate.isEmpty()
                || hours > 8784
                || hours == 0 && every.getAsLong() > 0) {
            return Talk.wrong(call, "pool.scrub");
        }
        return Talk.tell(
                call,
                client.ask(new CareRuling.PlanScrub(hours, rate.getAsLong())),
                status -> PoolShown.scrub(call, status));
    }

    static int repair(Invocation call, List<String> words, Arguments a, StandbyClient client) {
        return Talk.followTask(call, client, client.ask(new CareRuling.Repair(words.getFirst())));
    }

    static int prune(Invocation call, List<String> words, Arguments options, StandbyClient client) {
        boolean forReal = options.has("yes");
        if (forReal && options.has("dry-run")) {
            return Talk.wrong(call, "pool.prune");
        }
        return Talk.tell(
                call,
                client.ask(
                        new CareRuling.Prune(
                                words.getFirst(),
                                options.option("retention").orElse(""),
                                !forReal)),
                plan -> PoolShown.prune(call, plan));
    }

    static int policy(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        String system = words.getFirst();
        Outcome<SystemCare> care = client.ask(new CareCall.PoolShow(system));
        boolean change =
                Policies.OPTIONS.stream().anyMatch(name -> options.option(name).isPresent());
        if (change && care instanceof Outcome.Done<SystemCare>(SystemCare before)) {
            Optional<CarePolicy> after = Policies.change(before.policy(), options);
            if (after.isEmpty()) {
                return Talk.wrong(call, "pool.policy");
            }
            care = client.ask(new CareRuling.SetPolicy(system, after.get()));
        }
        return Talk.tell(call, care, one -> PoolShown.policy(call, one));
    }

    static int pin(Invocation call, List<String> words, Arguments options, StandbyClient client) {
        OptionalLong number = Amounts.number(words.get(1));
        Optional<String> reason = options.option("reason").filter(one -> !one.isBlank());
        if (number.isEmpty() || reason.isEmpty()) {
            return Talk.wrong(call, "pool.pin");
        }
        return Talk.tell(
                call,
                client.ask(new CareCall.Pin(words.getFirst(), number.getAsLong(), reason.get())),
                care -> PoolShown.points(call, care));
    }

    static int unpin(Invocation call, List<String> words, Arguments options, StandbyClient client) {
        OptionalLong number = Amounts.number(words.get(1));
        Optional<String> reason = options.option("reason").filter(one -> !one.isBlank());
        if (number.isEmpty() || reason.isEmpty()) {
            return Talk.wrong(call, "pool.unpin");
        }
        return Talk.tell(
                call,
                client.ask(
                        new CareRuling.Unpin(words.getFirst(), number.getAsLong(), reason.get())),
                care -> PoolShown.points(call, care));
    }

    static int lock(Invocation call, List<String> words, Arguments options, StandbyClient client) {
        OptionalLong number = Amounts.number(words.get(1));
        Optional<Instant> until = options.option("until").flatMap(TypedTimes::instant);
        if (number.isEmpty() || until.isEmpty()) {
            return Talk.wrong(call, "pool.lock");
        }
        return Talk.tell(
                call,
                client.ask(new CareRuling.Lock(words.getFirst(), number.getAsLong(), until.get())),
                care -> PoolShown.points(call, care));
    }

    static int export(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        OptionalLong point = point(options);
        Optional<String> folder = options.option("to").filter(one -> !one.isBlank());
        if (point.isEmpty() || folder.isEmpty()) {
            return Talk.wrong(call, "pool.export");
        }
        return Talk.followTask(
                call,
                client,
                client.ask(
                        new CareRuling.Export(
                                words.getFirst(),
                                point.getAsLong(),
                                folder.get(),
                                options.option("path").orElse(""))));
    }

    private static OptionalLong point(Arguments options) {
        String typed = options.option("point").orElse("newest");
        return typed.equals("newest") ? OptionalLong.of(0) : Amounts.number(typed);
    }

    static int importDisk(Invocation call, List<String> words, Arguments a, StandbyClient client) {
        return Talk.followTask(call, client, client.ask(new CareRuling.Import(words.getFirst())));
    }

    static int mountHint(
            Invocation call, List<String> words, Arguments options, StandbyClient client) {
        OptionalLong point = point(options);
        if (point.isEmpty()) {
            return Talk.wrong(call, "pool.mount-hint");
        }
        return Talk.tell(
                call,
                client.ask(
                        new CareCall.HintMount(
                                words.getFirst(),
                                point.getAsLong(),
                                options.option("volume").orElse(""))),
                hint -> PoolShown.hint(call, hint));
    }

    static int compare(Invocation call, List<String> words, Arguments a, StandbyClient client) {
        return CompareCommand.compare(call, words.getFirst(), client);
    }

    static int forecast(Invocation call, List<String> words, Arguments a, StandbyClient client) {
        return ForecastCommand.forecast(call, words.getFirst(), client);
    }

    static int tasks(Invocation call, List<String> words, Arguments a, StandbyClient client) {
        return Talk.tell(
                call, client.ask(new CareCall.Tasks()), list -> PoolShown.tasks(call, list));
    }

    static int cancel(Invocation call, List<String> words, Arguments a, StandbyClient client) {
        return Talk.tell(
                call,
                client.ask(new CareCall.CancelTask(words.getFirst())),
                status -> call.out().println(Talk.text(call, "pool.cancel-asked")));
    }
}
