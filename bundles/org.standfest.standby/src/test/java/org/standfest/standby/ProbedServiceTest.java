package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.standfest.management.PositiveTest;
import org.standfest.probe.ProbeTarget;

import java.util.Optional;

class ProbedServiceTest {

    private static ProbeTarget target(String kind, String question) {
        return ProbedService.target(
                new PositiveTest(kind, "192.0.2.10", 80, question, 1_000, 1_000));
    }

    @Test
    void theKindDecidesWhatTheQuestionMeans() {
        assertEquals(
                Optional.of("/health"),
                target("http", "/health").page().map(ProbeTarget.Page::path));
        ProbeTarget greeting = target("smtp", "/ready");
        assertEquals("/ready", greeting.question(), "it must be in the greeting");
        assertEquals(Optional.empty(), greeting.page());
        assertEquals(Optional.empty(), target("http", "").page());
    }
}
