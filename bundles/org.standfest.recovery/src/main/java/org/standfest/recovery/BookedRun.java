package org.standfest.recovery;

import org.standfest.management.MeasuredTimes;
import org.standfest.probe.Verdict;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a step sees, backed by the course's book. */
final class BookedRun implements StepRun {

    private static final int FACT_CHARACTERS = 4096;

    private final CourseBook book;
    private final InstantSource clock;
    private final LiveProgress live;
    private final BooleanSupplier stopping;

    BookedRun(CourseBook book, InstantSource clock, LiveProgress live, BooleanSupplier stopping) {
        this.book = book;
        this.clock = clock;
        this.live = live;
        this.stopping = stopping;
    }

    @Override
    public String systemId() {
        return book.current().systemId();
    }

    @Override
    public String operationId() {
        return book.operation().id();
    }

    @Override
    public Optional<String> fact(String key) {
        return Optional.ofNullable(book.operation().facts().get(key));
    }

    @Override
    public void fact(String key, String value) {
        if (value.length() > FACT_CHARACTERS) {
            throw new IllegalArgumentException("fact " + key + " is too long");
        }
        book.changeOperation(operation -> operation.withFact(key, Optional.of(value)));
    }

    @Override
    public void forget(String key) {
        book.changeOperation(operation -> operation.withFact(key, Optional.empty()));
    }

    @Override
    public void witnesses(List<Verdict> verdicts) {
        Map<String, String> details = new HashMap<>();
        details.put("operation", operationId());
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict verdict = verdicts.get(i);
            details.put(
                    "%02d %s %s".formatted(i + 1, verdict.probe(), verdict.target()),
                    verdict.answer() + " " + verdict.reason().code());
        }
        book.write("standby", "witnesses", details);
        book.changeOperation(operation -> operation.withWitnesses(verdicts));
    }

    @Override
    public boolean confirmed(String code) {
        return book.operation().confirmed().contains(code);
    }

    @Override
    public void progress(long done, long total) {
        live.report(done, total);
    }

    @Override
    public void moved(long bytes) {
        live.moved(bytes);
    }

    @Override
    public boolean cancelled() {
        Operation operation = book.operation();
        return stopping.getAsBoolean()
                || live.late(clock.instant())
                || operation.cancelled() && !operation.backwards();
    }

    @Override
    public Outcome<Void> cancelledOutcome() {
        return Outcome.failed(RecoveryTexts.CATALOG.explain("recovery.cancelled"));
    }

    Told cancelledWhy() {
        return Told.of(RecoveryTexts.CATALOG.explain("recovery.cancelled"));
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void servedAgain(Instant at) {
        switch (book.operation().kind()) {
            case ACTIVATION, REACTIVATION ->
                    book.change(course -> course.with(measured(course, at)).proved(at));
            case REHEARSAL -> book.change(course -> course.proved(at));
            case SWITCH -> {
                fact(Facts.SERVED_AGAIN, at.toString());
                // Also seen while it is taken back: then it is the primary that serves again.
                if (!book.operation().backwards()) {
                    book.change(course -> course.proved(at));
                }
            }
            case RETURN -> {
                // In a rehearsal before the shutdown the emergency machine never ceased to serve.
                if (fact(Facts.STOPPED_AT).isPresent()) {
                    fact(Facts.SERVED_AGAIN, at.toString());
                }
            }
            case UNDO -> {
                // nothing is started
            }
        }
    }

    private MeasuredTimes measured(Course course, Instant at) {
        MeasuredTimes before = course.measured();
        Optional<Instant> taken = fact(Facts.POINT_TAKEN).map(Instant::parse);
        Optional<Instant> lost = before.lastPositiveAt().or(before::noticedAt);
        return new MeasuredTimes(
                before.lastPositiveAt(),
                before.noticedAt(),
                taken,
                Optional.of(at),
                before.noticedAt().map(noticed -> between(noticed, at)),
                before.lastPositiveAt().map(positive -> between(positive, at)),
                lost.flatMap(end -> taken.map(start -> between(start, end))));
    }

    private static long between(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
