package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.util.Map;

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
        ReplacementDesk desk =
                new ReplacementDesk(
                        new StandbyHome(java.nio.file.Path.of("none")),
                        Partners.of(
                                java.util.List.of(),
                                java.util.List.of(),
                                java.util.List.of(),
                                java.util.List.of()),
                        null,
                        Map::of,
                        _ -> {});
        assertTrue(desk.standsIn("127.0.0.0/8"));
        assertEquals(false, desk.standsIn("203.0.113.0/24"));
        assertEquals(false, desk.answers("203.0.113.1"), "without a probe nothing is known");
    }
}
