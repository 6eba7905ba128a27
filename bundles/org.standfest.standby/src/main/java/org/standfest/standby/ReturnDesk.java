package org.standfest.standby;

import org.standfest.management.Action;
import org.standfest.management.BootProof;
import org.standfest.management.CareCall;
import org.standfest.management.ForecastView;
import org.standfest.management.Reason;
import org.standfest.management.ReturnForecast;
import org.standfest.management.ReturnWindow;
import org.standfest.management.SystemCare;
import org.standfest.management.WindowView;
import org.standfest.recovery.Course;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.Possibilities;
import org.standfest.recovery.Transitions;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a return will take, and the window that it waits for. Safe for any thread. */
final class ReturnDesk {

    private static final String WINDOW_STEP = "window";

    /** Until a switch-off was measured: a guest that obeys is off by then. */
    private static final long SHUTDOWN_MILLIS = 10_000;

    /** 100 Mbit/s, until a line was measured. */
    private static final long LINE_BYTES_PER_SECOND = 12_500_000;

    /** What is written in a shorter time says nothing about an hour. */
    private static final Duration WORTH_MEASURING = Duration.ofMinutes(1);

    private final StandbyServer standby;
    private final LastTimes last;
    private final ProofShelf proofs;

    ReturnDesk(StandbyServer standby, LastTimes last, ProofShelf proofs) {
        this.standby = standby;
        this.last = last;
        this.proofs = proofs;
    }

    /** A window as facts of an operation; without one the empty texts that take it away. */
    static Map<String, String> facts(Optional<ReturnWindow> window) {
        return Map.of(
                Facts.WINDOW_FROM, window.map(one -> one.from().toString()).orElse(""),
                Facts.WINDOW_UNTIL, window.map(one -> one.until().toString()).orElse(""));
    }

    WindowView window(Course course) {
        Optional<Operation> home =
                course.operation()
                        .filter(some -> some.kind() == PlanKind.RETURN)
                        .filter(some -> some.before(WINDOW_STEP));
        Optional<ReturnWindow> window =
                home.flatMap(
                        some ->
                                instant(some, Facts.WINDOW_FROM)
                                        .flatMap(
                                                from ->
                                                        instant(some, Facts.WINDOW_UNTIL)
                                                                .map(
                                                                        until ->
                                                                                new ReturnWindow(
                                                                                        from,
                                                                                        until))));
        boolean missed = window.filter(one -> standby.now().isAfter(one.until())).isPresent();
        return new WindowView(
                course.systemId(),
                home.filter(some -> some.at(WINDOW_STEP)).isPresent(),
                window,
                missed);
    }

    private static Optional<Instant> instant(Operation operation, String fact) {
        return Optional.ofNullable(operation.facts().get(fact))
                .filter(text -> !text.isEmpty())
                .map(Instant::parse);
    }

    Outcome<WindowView> change(String systemId, Optional<ReturnWindow> window, String who) {
        return standby.engine()
                .amend(systemId, PlanKind.RETURN, WINDOW_STEP, who, facts(window))
                .then(_ -> standby.engine().course(systemId))
                .map(this::window);
    }

    /**
     * The first phase copies what the newest point occupies and what was written over it; the
     * second what is written while the first's last round runs. The times beside the line are those
     * of this system's last return, or of its last start.
     */
    Outcome<ReturnForecast> forecast(Course course, String agentId, Locale language) {
        String id = course.systemId();
        Optional<Explanation> whyNot =
                Possibilities.whyNot(Action.RETURN, course, standby.desk().circumstances(id));
        if (whyNot.isPresent()) {
            return Outcome.refused(whyNot.get());
        }
        if (!agentId.isEmpty() && standby.protections().agent(agentId).isEmpty()) {
            return Outcome.refused(StandbyTexts.explain("standby.agent-away", agentId));
        }
        try {
            return Outcome.done(forecast(course, language));
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-read", fault.getMessage()), fault);
        }
    }

    private ReturnForecast forecast(Course course, Locale language) throws IOException {
        String id = course.systemId();
        Optional<ForecastView> line = ask(new CareCall.Forecast(id), language);
        long rate =
                line.map(ForecastView::lineBytesPerSecond)
                        .filter(bytes -> bytes > 0)
                        .orElse(LINE_BYTES_PER_SECOND);
        long written = overlayBytes(course);
        Duration served = Duration.between(course.since(), standby.now());
        long perHour =
                served.compareTo(WORTH_MEASURING) < 0
                        ? line.map(ForecastView::changedBytesPerHour).orElse(0L)
                        : Math.round(written * 3_600_000.0 / served.toMillis());
        long bulk =
                written
                        + ask(new CareCall.PoolShow(id), language)
                                .map((SystemCare care) -> care.space().currentBytes())
                                .orElse(0L);
        long bulkMillis = millis(bulk, rate);
        long refreshMillis = millis(inTime(perHour, bulkMillis), rate);
        long finalBytes = inTime(perHour, refreshMillis + SHUTDOWN_MILLIS);
        Map<String, Long> before = last.of(id, PlanKind.RETURN);
        long boot = bootMillis(id, before);
        long interruption =
                before.getOrDefault("shutdown", SHUTDOWN_MILLIS)
                        + before.getOrDefault("partner-take-back", 0L)
                        + millis(finalBytes, rate)
                        + Math.max(0, boot);
        Explanation words =
                StandbyTexts.explain(
                        boot < 0 ? "return.forecast-no-boot" : "return.forecast",
                        minutes(bulkMillis + refreshMillis),
                        Math.max(1, Math.round(interruption / 1000.0)));
        return new ReturnForecast(
                id,
                bulk,
                bulkMillis + refreshMillis,
                finalBytes,
                interruption,
                boot,
                rate,
                perHour,
                line.isPresent(),
                Reason.of(words, language));
    }

    private <T> Optional<T> ask(CareCall<T> call, Locale language) {
        return standby.care().ask(call, "standby", language).result();
    }

    private long overlayBytes(Course course) {
        return Transitions.machine(course.state())
                .map(machine -> standby.machines().written(course.systemId(), machine).bytes())
                .filter(bytes -> bytes > 0)
                .orElse(0L);
    }

    /** From the start to the positive test: on the last return, otherwise in a proof or a start. */
    private long bootMillis(String systemId, Map<String, Long> before) throws IOException {
        if (before.containsKey("start-home") && before.containsKey("test-home")) {
            return before.get("start-home") + before.get("test-home");
        }
        List<BootProof> seen =
                proofs.proofs(systemId, Locale.ENGLISH).stream().filter(BootProof::proved).toList();
        if (!seen.isEmpty()) {
            return seen.getFirst().bootMillis();
        }
        Map<String, Long> start = last.of(systemId, PlanKind.ACTIVATION);
        return start.containsKey("start") && start.containsKey("test")
                ? start.get("start") + start.get("test")
                : -1;
    }

    private static long millis(long bytes, long bytesPerSecond) {
        return Math.round(bytes * 1000.0 / bytesPerSecond);
    }

    private static long inTime(long bytesPerHour, long millis) {
        return Math.round(bytesPerHour / 3_600_000.0 * millis);
    }

    private static long minutes(long millis) {
        return Math.max(1, Math.ceilDiv(millis, 60_000));
    }
}
