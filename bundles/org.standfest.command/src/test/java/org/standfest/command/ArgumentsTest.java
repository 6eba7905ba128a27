package org.standfest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

class ArgumentsTest {

    private static Arguments read(String... words) {
        return Arguments.read(List.of(words), Set.of("port", "home"), Set.of("fast"));
    }

    @Test
    void optionsFlagsAndWordsMayComeInAnyOrder() {
        Arguments arguments = read("a", "--port", "5", "--fast", "b", "--home=/x y");
        assertEquals(List.of("a", "b"), arguments.words());
        assertEquals(Optional.of("5"), arguments.option("port"));
        assertEquals(Optional.of("/x y"), arguments.option("home"));
        assertTrue(arguments.has("fast"));
        assertEquals(Optional.empty(), arguments.fault());
    }

    @Test
    void unknownOptionsAndMissingValuesAreFaults() {
        assertEquals(Optional.of("--colour"), read("--colour", "red").fault());
        assertEquals(Optional.of("--port"), read("--port").fault());
        assertEquals(Optional.of("--fast=yes"), read("--fast=yes").fault());
    }

    @Test
    void twoDashesEndTheOptions() {
        assertEquals(List.of("--port", "-x"), read("--", "--port", "-x").words());
        assertFalse(read("--", "--fast").has("fast"));
    }
}
