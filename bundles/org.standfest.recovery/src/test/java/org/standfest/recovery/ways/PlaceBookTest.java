package org.standfest.recovery.ways;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.ReplacementModel;
import org.standfest.management.ReplacementWay;
import org.standfest.management.SystemReplacement;
import org.standfest.recovery.Course;
import org.standfest.recovery.RecoveryState;
import org.standfest.recovery.Told;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The classic model: one standby for many systems, one replaced at a time, by priority. */
class PlaceBookTest {

    private static final Told WHY =
            Told.of(Explanation.rendered("x.y", "It broke.", "It does that.", "Again."));

    private final Map<String, Course> courses = new HashMap<>();
    private Set<String> kept = Set.of();
    private ReplacementModel model =
            new ReplacementModel(
                    1, List.of(rule("mail", 1), rule("files", 5), rule("archive", 9)), List.of());
    private final PlaceBook book = new PlaceBook(new Kept(), new Around());

    private static SystemReplacement rule(String systemId, int priority) {
        return new SystemReplacement(systemId, priority, List.of(ReplacementWay.HERE), "", "");
    }

    private void is(String systemId, RecoveryState state) {
        Course normal = Course.begin(systemId, Instant.EPOCH);
        courses.put(
                systemId,
                new Course(
                        systemId,
                        state,
                        Instant.EPOCH,
                        normal.operation(),
                        normal.measured(),
                        normal.provedToStartAt()));
    }

    private void outage(String... systems) {
        for (String id : systems) {
            is(id, new RecoveryState.Outage(WHY));
        }
    }

    @Test
    void oneIsReplacedAtATimeAndTheNextWhenItIsHomeAgain() {
        outage("mail", "files");
        book.take("mail", false).orThrow();
        is("mail", new RecoveryState.EmergencyOperation("m", false, Optional.empty()));
        Outcome<Void> second = book.take("files", true);
        assertInstanceOf(Outcome.Refused.class, second);
        assertEquals("way.no-place", second.problem().orElseThrow().code());
        assertTrue(second.problem().orElseThrow().happened(Locale.ENGLISH).contains("mail"));
        is("mail", new RecoveryState.NormalOperation());
        assertTrue(book.take("files", false).isDone());
    }

    @Test
    void theMoreImportantOneGoesFirstUnlessAPersonSaysOtherwise() {
        outage("mail", "files", "archive");
        assertEquals("way.after-others", book.take("archive", false).problem().get().code());
        assertEquals("way.after-others", book.take("files", false).problem().get().code());
        assertTrue(book.whyNot("mail", false).orThrow().isEmpty());
        assertTrue(book.take("archive", true).isDone());
        is("archive", new RecoveryState.Restart("o"));
        assertEquals("way.no-place", book.take("mail", false).problem().get().code());
    }

    @Test
    void whereThereArePlacesForAllOfThemNobodyWaits() {
        model = new ReplacementModel(3, model.systems(), List.of());
        outage("mail", "files", "archive");
        assertTrue(book.take("archive", false).isDone());
        assertTrue(book.take("files", false).isDone());
        assertTrue(book.take("mail", false).isDone());
    }

    @Test
    void withoutALimitNothingIsRefused() {
        model = ReplacementModel.NONE;
        outage("mail", "files");
        assertTrue(book.take("files", false).isDone());
        assertTrue(book.take("mail", false).isDone());
    }

    @Test
    void whoIsServedHereHasAPlaceWhateverIsWrittenDown() {
        outage("files");
        is("mail", new RecoveryState.EmergencyOperation("m", true, Optional.of(WHY)));
        assertEquals("way.no-place", book.take("files", true).problem().get().code());
        is("mail", new RecoveryState.Blocked(WHY, Optional.of("m")));
        assertEquals("way.no-place", book.take("files", true).problem().get().code());
    }

    @Test
    void aClaimOfASystemThatIsNoMoreIsForgotten() {
        kept = Set.of("sold", "files");
        outage("files", "archive");
        assertEquals(Set.of(), book.taken().orThrow());
        assertTrue(book.take("archive", true).isDone());
        assertEquals(Set.of("archive"), kept);
    }

    private final class Kept implements PlaceBook.Store {

        @Override
        public Outcome<Set<String>> load() {
            return Outcome.done(new TreeSet<>(kept));
        }

        @Override
        public Outcome<Void> save(Set<String> systems) {
            kept = Set.copyOf(systems);
            return Outcome.done();
        }
    }

    private final class Around implements Surroundings {

        @Override
        public Outcome<ReplacementModel> model() {
            return Outcome.done(model);
        }

        @Override
        public Map<String, Course> courses() {
            return courses;
        }

        @Override
        public boolean answers(String address) {
            return true;
        }

        @Override
        public boolean standsIn(String network) {
            return true;
        }

        @Override
        public boolean connected(String agentId) {
            return true;
        }

        @Override
        public Optional<String> protector(String systemId) {
            return Optional.empty();
        }
    }
}
