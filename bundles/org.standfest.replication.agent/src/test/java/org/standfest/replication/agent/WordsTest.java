package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
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
}
