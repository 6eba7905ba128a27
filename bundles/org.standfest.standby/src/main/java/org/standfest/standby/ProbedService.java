package org.standfest.standby;

import org.standfest.management.PositiveTest;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.recovery.plans.ServiceTest;
import org.standfest.results.Explanation;

import java.time.Duration;
import java.util.Optional;

/** The positive tests of the systems, by the probes of the whiteboard. */
final class ProbedService implements ServiceTest {

    private final SystemRecords records;
    private final Partners partners;

    ProbedService(SystemRecords records, Partners partners) {
        this.records = records;
        this.partners = partners;
    }

    @Override
    public Optional<Verdict> test(String systemId, Place place) {
        return switch (place) {
            case HOME -> records.settings(systemId).primaryTest().map(this::run);
            case EMERGENCY -> records.settings(systemId).testInEmergency().map(this::run);
        };
    }

    @Override
    public Optional<Verdict> testIsolated(String systemId, int hostPort) {
        return records.settings(systemId)
                .testInEmergency()
                .map(
                        test ->
                                run(
                                        new PositiveTest(
                                                test.kind(),
                                                "127.0.0.1",
                                                hostPort,
                                                test.question(),
                                                test.intervalMillis(),
                                                test.timeoutMillis())));
    }

    @Override
    public Duration limit(String systemId) {
        return Duration.ofMillis(records.settings(systemId).startLimitMillis());
    }

    private Verdict run(PositiveTest test) {
        Optional<Probe> probe = partners.probe(test.kind());
        if (probe.isEmpty()) {
            return new Verdict(
                    test.kind(),
                    test.host() + ":" + test.port(),
                    Verdict.Answer.INCONCLUSIVE,
                    StandbyTexts.explain("standby.no-probe", test.kind()),
                    Duration.ZERO);
        }
        return probe.get().test(target(test), Duration.ofMillis(test.timeoutMillis()));
    }

    /** Why the test of a system could never pass, as far as that can be known without testing. */
    Optional<Explanation> problem(PositiveTest test) {
        return partners.probe(test.kind())
                .map(probe -> probe.problem(target(test)))
                .orElseGet(
                        () -> Optional.of(StandbyTexts.explain("standby.no-probe", test.kind())));
    }

    /** The kind decides what the question means, not how the question begins. */
    static ProbeTarget target(PositiveTest test) {
        return test.web() && !test.question().isEmpty()
                ? ProbeTarget.page(test.host(), test.port(), test.question())
                : ProbeTarget.asking(test.host(), test.port(), test.question());
    }
}
