package org.standfest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.command.Command;
import org.standfest.command.Console;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

class CommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Echo echo = new Echo();

    private int run(Locale locale, String... words) {
        return new CommandLine(List.of(echo), print(out), print(err), locale, Path.of("work"))
                .run(List.of(words));
    }

    private static Console print(ByteArrayOutputStream bytes) {
        return new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    @Test
    void verbGetsItsWordsAndTheJsonWishWithoutTheFlag() {
        assertEquals(7, run(Locale.ENGLISH, "echo", "a", "--json", "b"));
        assertEquals(List.of("a", "b"), echo.seen.arguments());
        assertTrue(echo.seen.json());
        run(Locale.ENGLISH, "echo", "--", "--json");
        assertFalse(echo.seen.json());
        assertEquals(List.of("--", "--json"), echo.seen.arguments());
    }

    @Test
    void unknownVerbIsAUsageErrorThatNamesTheNearestOne() {
        assertEquals(ExitCode.USAGE, run(Locale.ENGLISH, "ecko"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("Did you mean \"echo\"?"));
        assertEquals(ExitCode.USAGE, run(Locale.GERMAN, "x"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("gibt es nicht"));
    }

    @Test
    void helpListsTheVerbsAndExplainsOne() {
        assertEquals(ExitCode.DONE, run(Locale.ENGLISH, "help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("echo  says it again"));
        assertEquals(ExitCode.DONE, run(Locale.ENGLISH, "help", "echo"));
        assertEquals(ExitCode.DONE, run(Locale.ENGLISH, "echo", "--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("echo WORD"));
        assertEquals(ExitCode.USAGE, run(Locale.ENGLISH, "help", "nothing"));
        assertEquals(ExitCode.USAGE, run(Locale.ENGLISH));
    }

    private static final class Echo implements Command {
        private Invocation seen;

        @Override
        public String verb() {
            return "echo";
        }

        @Override
        public String summary(Locale locale) {
            return "says it again";
        }

        @Override
        public String usage(Locale locale) {
            return "echo WORD";
        }

        @Override
        public int run(Invocation invocation) {
            seen = invocation;
            return 7;
        }
    }
}
