package org.standfest.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which {@code arping} counts, and what it is asked. */
class ArpingTest {

    private static final Path HABETS = Path.of("/usr/sbin/arping");
    private static final Path IPUTILS = Path.of("/usr/bin/arping");

    private final List<List<String>> asked = new ArrayList<>();

    /** What the two programs say of themselves. */
    private ProgramRunner.Result said(List<String> words) {
        asked.add(words);
        if (!words.getLast().equals("-V")) {
            return new ProgramRunner.Result(Arping.SOMEBODY, "");
        }
        return words.getFirst().equals(IPUTILS.toString())
                ? new ProgramRunner.Result(0, "arping from iputils 20221126\n")
                : new ProgramRunner.Result(1, "arping: option requires an argument -- 'V'\n");
    }

    @Test
    void theOtherProgramOfThisNameDoesNotCount() throws Exception {
        ProgramRunner programs = (words, _, _) -> said(words);
        assertTrue(Arping.among(() -> Stream.of(HABETS), programs).isEmpty());
        assertTrue(Arping.among(Stream::of, programs).isEmpty());
        assertTrue(Arping.among(() -> Stream.of(HABETS, IPUTILS), programs).isPresent());
    }

    @Test
    void itIsAskedTwiceBecauseOneLostPacketMustNotMakeAnAddressFree() throws Exception {
        Arping arping =
                Arping.among(() -> Stream.of(IPUTILS), (words, _, _) -> said(words)).orElseThrow();
        assertEquals(
                Arping.SOMEBODY,
                arping.whoHas("eth0", "192.0.2.10", 2, Duration.ofSeconds(1)).exitCode());
        List<String> words = asked.getLast();
        assertEquals("2", words.get(words.indexOf("-c") + 1));
        assertEquals("2", words.get(words.indexOf("-w") + 1));
        assertTrue(words.contains("-D"), words.toString());
    }
}
