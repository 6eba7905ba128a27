package org.standfest.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.management.rehearsed.RehearsedStandby;
import org.standfest.management.rehearsed.StandbyConformance;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class ManagementWireTest {

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T05:00:00Z"));
    private final RehearsedStandby rehearsed = new RehearsedStandby(Locale.ENGLISH, clock);
    private final List<String> heard = new ArrayList<>();
    private Role role = Role.ADMINISTRATE;

    private final ManagementDesk desk =
            new ManagementDesk(
                    new ManagementDesk.Behind() {
                        @Override
                        public Role role() {
                            return role;
                        }

                        @Override
                        public StandbyClient speaking(Locale language) {
                            return rehearsed;
                        }

                        @Override
                        public void heard(ManagementCall call, boolean allowed) {
                            heard.add(call.getClass().getSimpleName() + ":" + allowed);
                        }
                    });

    private RemoteStandby overTheWire(Locale language) {
        return new RemoteStandby(
                new ManagementExchange() {
                    @Override
                    public Outcome<byte[]> exchange(byte[] request) {
                        return Outcome.done(desk.answer(request));
                    }

                    @Override
                    public void close() {
                        heard.add("closed");
                    }
                },
                language);
    }

    @Test
    void theRehearsedStandbyConforms() {
        assertEquals(List.of(), StandbyConformance.breaches(rehearsed));
    }

    @Test
    void theSameStandbyConformsOverTheWire() {
        try (RemoteStandby remote = overTheWire(Locale.ENGLISH)) {
            assertEquals(List.of(), StandbyConformance.breaches(remote));
        }
    }

    @Test
    void everyRecordSurvivesTheWireUnchanged() {
        try (RemoteStandby remote = overTheWire(Locale.ENGLISH)) {
            assertEquals(rehearsed.systems().orThrow(), remote.systems().orThrow());
            assertEquals(rehearsed.facts().orThrow(), remote.facts().orThrow());
            OperationStatus begun = remote.begin("mail", Action.ACTIVATE).orThrow();
            OperationStatus last = begun;
            while (!last.state().finished()) {
                last = remote.operation(begun.id()).orThrow();
            }
            assertEquals(OperationState.SUCCEEDED, last.state());
            assertEquals(Optional.of(22_000L), last.measured().awayMillis());
            assertEquals(SystemState.EMERGENCY_OPERATION, remote.system("mail").orThrow().state());
        }
    }

    @Test
    void aRoleThatDoesNotSufficeIsRefusedBeforeAnythingHappensAndIsHeardOf() {
        role = Role.SEE;
        try (RemoteStandby remote = overTheWire(Locale.GERMAN)) {
            Outcome<OperationStatus> outcome = remote.begin("mail", Action.ACTIVATE);
            assertInstanceOf(Outcome.Refused.class, outcome);
            assertTrue(outcome.problem().orElseThrow().happened(Locale.GERMAN).contains("starten"));
            assertEquals(SystemState.OUTAGE, rehearsed.system("mail").orThrow().state());
            assertEquals(List.of("Begin:false"), heard);
        }
    }

    @Test
    void afterALineBrokeEveryCallFailsAlike() {
        RemoteStandby remote =
                new RemoteStandby(
                        new ManagementExchange() {
                            private int calls;

                            @Override
                            public Outcome<byte[]> exchange(byte[] request) {
                                assertEquals(0, calls++, "a broken line is not used again");
                                return Outcome.failed(
                                        ManagementTexts.CATALOG.explain("management.malformed"));
                            }

                            @Override
                            public void close() {
                                calls = -1;
                            }
                        },
                        Locale.ENGLISH);
        try (remote) {
            assertInstanceOf(Outcome.Failed.class, remote.systems());
            assertInstanceOf(Outcome.Failed.class, remote.facts());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"version\":2,\"call\":\"Facts\",\"arguments\":{}}",
                "{\"version\":\"1\",\"call\":\"Facts\",\"arguments\":{}}",
                "{\"version\":1,\"call\":\"Format\",\"arguments\":{}}",
                "{\"version\":1,\"call\":\"Begin\",\"arguments\":{}}",
                "{\"version\":1,\"call\":\"Begin\",\"arguments\":null}",
                "{\"version\":1,\"call\":\"Begin\",\"arguments\":{\"systemId\":\"mail\","
                        + "\"action\":\"EXPLODE\",\"confirmed\":[]}}",
                "{\"version\":1,\"call\":\"Journal\",\"arguments\":{\"systemId\":\"\","
                        + "\"after\":0,\"limit\":100000}}",
            })
    void whatIsNotAQuestionIsRefusedAndNeverHeard(String question) {
        byte[] answer = desk.answer(question.getBytes(StandardCharsets.UTF_8));
        assertTrue(new String(answer, StandardCharsets.UTF_8).contains("\"outcome\":\"refused\""));
        assertEquals(List.of(), heard);
    }

    @Test
    void aNestingBombAndAnEndlessQuestionAreRefused() {
        byte[] deep = "[".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        byte[] endless = new byte[Limits.REQUEST_BYTES + 1];
        assertTrue(new String(desk.answer(deep), StandardCharsets.UTF_8).contains("refused"));
        assertTrue(new String(desk.answer(endless), StandardCharsets.UTF_8).contains("refused"));
    }

    @Test
    void statesAndActionsHaveWordsInBothLanguages() {
        for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            for (SystemState state : SystemState.values()) {
                assertFalse(state.text(language).startsWith("!"));
                assertFalse(state.description(language).startsWith("!"));
            }
            for (Action action : Action.values()) {
                assertFalse(action.text(language).startsWith("!"));
            }
            for (TaskKind kind : TaskKind.values()) {
                assertFalse(kind.text(language).startsWith("!"));
            }
            for (Role some : Role.values()) {
                assertFalse(some.text(language).startsWith("!"));
            }
        }
        assertEquals("Notbetrieb", SystemState.EMERGENCY_OPERATION.text(Locale.GERMAN));
    }

    @Test
    void bothCatalogsHaveTheSameKeys() throws Exception {
        for (Class<?> owner : List.of(ManagementTexts.class, RehearsedStandby.class)) {
            assertEquals(keys(owner, "messages.properties"), keys(owner, "messages_de.properties"));
        }
        assertEquals("Ausfall", Catalog.beside(Role.class).text(Locale.GERMAN, "state.OUTAGE"));
    }

    private static Object keys(Class<?> owner, String file) throws Exception {
        java.util.Properties properties = new java.util.Properties();
        try (var in = owner.getResourceAsStream(file)) {
            properties.load(in);
        }
        return new java.util.TreeSet<>(properties.keySet());
    }
}
