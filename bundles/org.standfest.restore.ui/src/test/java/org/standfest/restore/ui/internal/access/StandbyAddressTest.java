package org.standfest.restore.ui.internal.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandbyAddressTest {

    @Test
    void addsTheUsualPort() {
        assertEquals(
                new StandbyAddress("standby", StandbyAddress.USUAL_PORT),
                StandbyAddress.parse(" standby ").orElseThrow());
    }

    @Test
    void readsHostAndPort() {
        assertEquals(
                new StandbyAddress("192.0.2.7", 9000),
                StandbyAddress.parse("192.0.2.7:9000").orElseThrow());
    }

    @Test
    void readsWhatItWrites() {
        for (String text : new String[] {"a.example:1", "[2001:db8::7]:65535"}) {
            assertEquals(text, StandbyAddress.parse(text).orElseThrow().text());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "host:", "host:0", "host:70000", "host:seven", "two words", ":7"})
    void refusesWhatIsNoAddress(String typed) {
        assertTrue(StandbyAddress.parse(typed).isEmpty());
    }
}
