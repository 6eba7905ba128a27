package org.standfest.replication.objectives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class SessionHistoryTest {

    private static final SessionRecord ONE =
            HistoryOf.session(HistoryOf.MONDAY, 1 << 20, 1 << 19, 77);

    @Test
    void whatItWritesItReadsBack() {
        assertEquals(Optional.of(ONE), SessionRecord.of(ONE.line()));
        SessionHistory history = SessionHistory.EMPTY.with(ONE).with(ONE);
        assertEquals(history.records(), SessionHistory.of(history.text()).records());
    }

    @Test
    void aTornOrDamagedLineCostsOnlyItself() {
        String line = ONE.line();
        for (int cut = 0; cut < line.length(); cut++) {
            String torn = line + "\n" + line.substring(0, cut);
            assertEquals(List.of(ONE), SessionHistory.of(torn).records(), "cut at " + cut);
        }
        String text = "rubbish\n" + line + "\nv=1 started=x .\n" + line.replace("v=1", "v=2");
        assertEquals(List.of(ONE), SessionHistory.of(text).records());
        assertEquals(4, SessionHistory.of(text).lines());
    }

    @Test
    void isBounded() {
        StringBuilder file = new StringBuilder();
        for (int line = 0; line < SessionHistory.MOST * 2; line++) {
            file.append(ONE.line()).append('\n');
        }
        SessionHistory history = SessionHistory.of(file.toString());
        assertEquals(SessionHistory.MOST, history.records().size());
        assertTrue(history.shouldBeRewritten());
        assertFalse(SessionHistory.of(history.text()).shouldBeRewritten());
    }

    @Test
    void knowsHowAnObjectiveStands() {
        RpoObjective objective = RpoObjective.parse("10 min").orThrow();
        assertEquals(RpoObjective.Standing.NO_POINT, standing(objective, null));
        assertEquals(RpoObjective.Standing.KEPT, standing(objective, Duration.ofSeconds(479)));
        assertEquals(RpoObjective.Standing.AT_RISK, standing(objective, Duration.ofSeconds(480)));
        assertEquals(RpoObjective.Standing.AT_RISK, standing(objective, Duration.ofSeconds(600)));
        assertEquals(RpoObjective.Standing.MISSED, standing(objective, Duration.ofSeconds(601)));
        assertEquals(RpoObjective.Standing.KEPT, standing(objective, Duration.ofSeconds(-99)));
        assertTrue(RpoObjective.parse("0").problem().isPresent());
    }

    private static RpoObjective.Standing standing(RpoObjective objective, Duration age) {
        return objective
                .at(HistoryOf.MONDAY, Optional.ofNullable(age).map(HistoryOf.MONDAY::minus))
                .standing();
    }
}
