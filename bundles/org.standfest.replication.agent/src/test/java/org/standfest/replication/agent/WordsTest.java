package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

class WordsTest {

    @Test
    void readsBothFormsOfAnOption() {
        Words words =
                Words.read(
                        List.of(
                                "protect",
                                "--system=a",
                                "--disk",
                                "x=file:/y",
                                "--disk=z=qmp:/s#n",
                                "--json"));
        assertTrue(words.fault().isEmpty());
        assertEquals(Optional.of("a"), words.one("system"));
        assertEquals(List.of("x=file:/y", "z=qmp:/s#n"), words.all("disk"));
        assertTrue(words.has("json"));
    }

    @Test
    void namesTheWordThatDoesNotFit() {
        assertEquals(Optional.of("stray"), Words.read(List.of("run", "stray")).fault());
        assertEquals(Optional.of("--code"), Words.read(List.of("run", "--code", "x")).fault());
        assertEquals(Optional.of("--home"), Words.read(List.of("run", "--home")).fault());
        assertEquals(
                Optional.of("--home"),
                Words.read(List.of("run", "--home", "a", "--home", "b")).fault());
    }

    @Test
    void anOptionIsNeverTakenForTheValueOfAnother() {
        List<String> typed = List.of("enrol", "--code", "--name", "x");
        assertEquals(Optional.of("--code"), Words.read(typed).fault());
        assertEquals(Optional.of("--x"), Words.read(List.of("enrol", "--code=--x")).one("code"));
    }

    @Test
    void helpIsAskedForInEveryWay() {
        assertEquals("help", Words.read(List.of()).verb());
        for (List<String> typed :
                List.of(
                        List.of("protect", "--help"),
                        List.of("help", "protect"),
                        List.of("protect", "--system", "x", "-h"))) {
            Words words = Words.read(typed);
            assertEquals("help", words.verb());
            assertEquals("protect", words.topic());
            assertTrue(words.fault().isEmpty());
        }
        assertEquals("", Words.read(List.of("--help")).topic());
    }

    @Test
    void everyVerbHasItsTextInBothLanguages() {
        for (String verb : Words.verbs()) {
            assertTrue(Words.read(List.of(verb)).fault().isEmpty(), verb);
            for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                String text = AgentHome.TEXTS.text(language, "say.help-" + verb);
                assertTrue(text.startsWith(verb) && text.lines().count() > 1, text);
            }
        }
    }
}
