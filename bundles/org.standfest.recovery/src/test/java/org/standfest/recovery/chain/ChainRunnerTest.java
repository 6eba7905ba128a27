package org.standfest.recovery.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.probe.GoneRule;
import org.standfest.recovery.Course;
import org.standfest.recovery.CourseStore;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.Told;
import org.standfest.recovery.chain.ChainMember.State;
import org.standfest.recovery.plans.ManySystems;
import org.standfest.recovery.plans.StandbyPlans;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/** A service chain of five systems: directory and database, then application, web and mail. */
class ChainRunnerTest {

    private static final Set<String> FIVE = Set.of("web", "app", "mail", "db", "dir");
    private static final Told WHY = Told.of(Explanation.rendered("x", "a", "b", "c"));

    private static List<ChainMember> members() {
        return List.of(
                ChainMember.waiting("web", 2, List.of("app")),
                ChainMember.waiting("app", 2, List.of("db", "dir")),
                ChainMember.waiting("mail", 9, List.of("dir")),
                ChainMember.waiting("db", 3, List.of()),
                ChainMember.waiting("dir", 1, List.of()));
    }

    private static Chain chain(int atOnce, List<ChainMember> members) {
        return new Chain("chain-1", "anna", Instant.EPOCH, atOnce, false, List.of(), members);
    }

    private static String begin(Chain chain) {
        return chain.checked().problem().map(Explanation::code).orElse("");
    }

    @Test
    void aChainThatContradictsItselfIsRefusedBeforeAnythingIsStarted() {
        assertEquals("", begin(chain(2, members())));
        assertEquals("chain.range", begin(chain(0, members())));
        assertEquals("chain.range", begin(chain(1, List.of())));
        ChainMember a = ChainMember.waiting("a", 1, List.of("b"));
        ChainMember b = ChainMember.waiting("b", 1, List.of("a"));
        assertEquals("chain.circle", begin(chain(1, List.of(a, b))));
        assertEquals("chain.unknown", begin(chain(1, List.of(a))));
        assertEquals("chain.twice", begin(chain(1, List.of(b, b))));
    }

    @Test
    void theImportantOnesStartFirstAndNobodyBeforeWhatItNeeds() {
        ManySystems world = new ManySystems(FIVE);
        Rig rig = new Rig(world);
        rig.runner.begin(chain(1, members())).orThrow();
        rig.run();
        assertEquals(List.of("dir", "db", "app", "web", "mail"), world.started());
        assertTrue(
                rig.runner.chain().orElseThrow().members().stream()
                        .allMatch(member -> member.state() == State.SERVES));
        assertEquals(1, world.mostAtOnce());
    }

    @Test
    void noMoreThanAllowedAreStartedAtOnce() {
        Set<String> ids = new TreeSet<>();
        List<ChainMember> many = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add("s" + i);
            many.add(ChainMember.waiting("s" + i, 5, List.of()));
        }
        Chain chain = chain(3, many);
        assertEquals(3, chain.next().size());
        Chain two = chain.with(many.get(0).in(State.STARTING, Optional.empty(), Optional.empty()));
        assertEquals(2, two.next().size());
        ManySystems world = new ManySystems(ids);
        Rig rig = new Rig(world);
        rig.runner.begin(chain).orThrow();
        rig.run();
        assertEquals(12, world.started().size());
    }

    @Test
    void whatWaitsForOneThatFailedIsLeftOutAndTheRestGoesOn() {
        ManySystems world = new ManySystems(FIVE);
        world.breakDown("db");
        Rig rig = new Rig(world);
        rig.runner.begin(chain(2, members())).orThrow();
        rig.run();
        Map<String, State> ends = new HashMap<>();
        rig.runner.chain().orElseThrow().members().forEach(m -> ends.put(m.systemId(), m.state()));
        assertEquals(
                Map.of(
                        "db", State.FAILED,
                        "app", State.LEFT_OUT,
                        "web", State.LEFT_OUT,
                        "dir", State.SERVES,
                        "mail", State.SERVES),
                ends);
    }

    @Test
    void aPersonStopsItAndWhatServesGoesOn() {
        ManySystems world = new ManySystems(FIVE);
        Rig rig = new Rig(world);
        rig.runner.begin(chain(1, members())).orThrow();
        rig.runner.advance();
        rig.runner.stop("anna").orThrow();
        rig.run();
        assertEquals(List.of("dir"), world.started());
        assertTrue(rig.runner.chain().orElseThrow().ended());
    }

    @Test
    void aKillAtAnySaveIsResumedAndNothingIsStartedTwice() {
        int kills = 0;
        for (boolean after : new boolean[] {false, true}) {
            for (int save = 1; save < 60; save++) {
                ManySystems world = new ManySystems(FIVE);
                Rig rig = new Rig(world);
                rig.runner.begin(chain(2, members())).orThrow();
                rig.dieAt(save, after);
                try {
                    rig.run();
                    break;
                } catch (Death expected) {
                    kills++;
                }
                Rig again = rig.restarted();
                again.run();
                assertEquals(FIVE, new HashSet<>(world.started()));
                assertEquals(5, world.started().size(), "started once each");
            }
        }
        assertTrue(kills > 15, "kills " + kills);
    }

    @Test
    void systemsThatWaitForNobodyStartTogetherAsManyAsAllowed() {
        ManySystems world = new ManySystems(FIVE);
        List<Runnable> starts = new ArrayList<>();
        Rig rig = new Rig(world, starts::add);
        rig.runner.begin(chain(5, members())).orThrow();
        assertEquals(Set.of("db", "dir"), level(rig, starts));
        assertEquals(Set.of("app", "mail"), level(rig, starts));
        assertEquals(Set.of("web"), level(rig, starts));
        rig.runner.advance();
        assertTrue(rig.runner.chain().orElseThrow().ended());
    }

    /** Advances, and lets all go on that have begun by then; who that was. */
    private static Set<String> level(Rig rig, List<Runnable> starts) {
        rig.runner.advance();
        rig.runner.advance();
        Set<String> begun = starting(rig);
        assertEquals(starts.size(), begun.size(), "all of them are at work");
        List.copyOf(starts).forEach(Runnable::run);
        starts.clear();
        return begun;
    }

    private static Set<String> starting(Rig rig) {
        Set<String> ids = new TreeSet<>();
        rig.runner.chain().orElseThrow().members().stream()
                .filter(member -> member.state() == State.STARTING)
                .forEach(member -> ids.add(member.systemId()));
        return ids;
    }

    /** Every number of systems at once, every level, every number of its starts that were over. */
    @Test
    void aKillWhileSeveralStartGoesOnWithEachOfThemOnce() {
        int kills = 0;
        for (int atOnce = 1; atOnce <= 5; atOnce++) {
            for (int levels = 0; levels < 5; levels++) {
                for (int over = 0; over <= atOnce; over++) {
                    ManySystems world = new ManySystems(FIVE);
                    List<Runnable> starts = new ArrayList<>();
                    Rig rig = new Rig(world, starts::add);
                    rig.runner.begin(chain(atOnce, members())).orThrow();
                    for (int i = 0; i < levels; i++) {
                        level(rig, starts);
                    }
                    rig.runner.advance();
                    int begun = starts.size();
                    assertTrue(begun <= atOnce, "never more than allowed");
                    starts.stream().limit(over).toList().forEach(Runnable::run);
                    rig.restarted().run();
                    kills += begun > 0 ? 1 : 0;
                    assertEquals(FIVE, new HashSet<>(world.started()));
                    assertEquals(5, world.started().size(), "started once each");
                    assertTrue(
                            world.started().indexOf("app") > world.started().indexOf("db")
                                    && world.started().indexOf("web")
                                            > world.started().indexOf("app"),
                            world.started().toString());
                }
            }
        }
        assertTrue(kills > 40, "kills " + kills);
    }

    @Test
    void aChainSurvivesItsFile(@TempDir Path folder) throws IOException {
        Chain chain = chain(2, members());
        chain =
                chain.with(
                        chain.members()
                                .getFirst()
                                .in(State.FAILED, Optional.of("op"), Optional.of(WHY)));
        FileChainStore store = new FileChainStore(folder.resolve("chain.json"));
        assertEquals(Optional.empty(), store.load());
        store.save(chain);
        assertEquals(Optional.of(chain), store.load());
        assertTrue(Catalog.beside(Chain.class).explain("chain.none").code().equals("chain.none"));
    }

    /** The process dies. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    /** A runner over a real recovery engine. */
    private static final class Rig implements ChainStore {

        private final ManySystems world;
        private final Map<String, Course> files;
        private Optional<Chain> saved;
        private int saves;
        private int deadly = -1;
        private boolean afterwards;
        private final ChainRunner runner;
        private final RecoveryEngine engine;

        Rig(ManySystems world) {
            this(world, Runnable::run);
        }

        /** With starts that go on when somebody runs them. */
        Rig(ManySystems world, Executor starts) {
            this(world, starts, new HashMap<>(), Optional.empty());
        }

        private Rig(
                ManySystems world,
                Executor starts,
                Map<String, Course> files,
                Optional<Chain> saved) {
            this.world = world;
            this.files = files;
            this.saved = saved;
            this.engine =
                    new RecoveryEngine(
                            courses(),
                            (_, _, _, _) -> {},
                            new StandbyPlans(
                                    world,
                                    world,
                                    new GoneRule(2),
                                    world,
                                    world,
                                    null,
                                    null,
                                    _ -> {},
                                    List::of),
                            world,
                            starts,
                            _ -> {},
                            world::newId);
            engine.open().orThrow();
            for (String id : world.ids()) {
                engine.meet(id).orThrow();
                engine.outage(id, "watch", WHY, Optional.empty());
            }
            this.runner =
                    new ChainRunner(
                            this,
                            (_, _, _, _) -> {},
                            engine::course,
                            (id, who, confirmed) ->
                                    engine.begin(
                                            id, PlanKind.ACTIVATION, who, Map.of(), confirmed));
            runner.open().orThrow();
        }

        Rig restarted() {
            Rig again = new Rig(world, Runnable::run, files, saved);
            again.engine.resume();
            return again;
        }

        void dieAt(int save, boolean after) {
            saves = 0;
            deadly = save;
            afterwards = after;
        }

        void run() {
            for (int i = 0; i < 100 && !runner.chain().orElseThrow().ended(); i++) {
                runner.advance();
            }
        }

        @Override
        public Optional<Chain> load() {
            return saved;
        }

        @Override
        public void save(Chain chain) {
            saves++;
            if (saves == deadly && !afterwards) {
                throw new Death();
            }
            saved = Optional.of(chain);
            if (saves == deadly) {
                throw new Death();
            }
        }

        private CourseStore courses() {
            return new CourseStore() {
                @Override
                public List<String> systems() {
                    return List.copyOf(files.keySet());
                }

                @Override
                public Outcome<Optional<Course>> load(String systemId) {
                    return Outcome.done(Optional.ofNullable(files.get(systemId)));
                }

                @Override
                public void save(Course course) {
                    files.put(course.systemId(), course);
                }
            };
        }
    }
}
