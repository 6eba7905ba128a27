package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.management.ReplacementModel;
import org.standfest.recovery.Course;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

class ReplacementDeskTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.7, true",
        "192.0.2.0/24, 192.0.3.7, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.255, true",
        "10.0.0.0/8, 10.255.1.2, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "192.0.2.7/32, 192.0.2.7, true",
        "192.0.2.7/32, 192.0.2.6, false"
    })
    void anAddressLiesInANetworkOrNot(String network, String address, boolean inside)
            throws Exception {
        assertEquals(
                inside, ReplacementDesk.in(network, InetAddress.getByName(address).getAddress()));
    }

    @Test
    void thisHostStandsWhereItsOwnAddressesAre() {
        ReplacementDesk desk = desk(Path.of("none"), Map::of);
        assertTrue(desk.standsIn("127.0.0.0/8"));
        assertEquals(false, desk.standsIn("203.0.113.0/24"));
        assertEquals(false, desk.answers("203.0.113.1"), "without a probe nothing is known");
    }

    @Test
    void theModelIsNotLockedWhileTheBookOfPlacesIsAsked(@TempDir Path folder) {
        // The book asks for the model in its own lock: the other way round both wait for ever.
        AtomicReference<ReplacementDesk> asked = new AtomicReference<>();
        List<Boolean> locked = new ArrayList<>();
        asked.set(
                desk(
                        folder,
                        () -> {
                            locked.add(Thread.holdsLock(asked.get()));
                            return Map.of();
                        }));
        assertTrue(asked.get().set(ReplacementModel.NONE, Outcome::done).isDone());
        assertEquals(List.of(false), locked);
    }

    @Test
    void aModelThatCannotBeReadIsSaidAndNotTakenForNone(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("replacement.json"), "{");
        ReplacementDesk desk = desk(folder, Map::of);
        assertEquals("care.file-damaged", desk.problem("ledger").orElseThrow().code());
        assertEquals("care.file-damaged", desk.model().problem().orElseThrow().code());
    }

    private static ReplacementDesk desk(Path folder, Supplier<Map<String, Course>> courses) {
        return new ReplacementDesk(
                new StandbyHome(folder),
                Partners.of(List.of(), List.of(), List.of(), List.of()),
                null,
                courses,
                _ -> {});
    }
}
