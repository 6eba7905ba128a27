package org.standfest.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ProbeTargetTest {

    @Test
    void isShownAsPeopleWriteIt() {
        assertEquals("10.0.0.1", ProbeTarget.address("10.0.0.1").toString());
        assertEquals("host:80/health", ProbeTarget.page("host", 80, "/health").toString());
        assertEquals("[fe80::1]:22", ProbeTarget.port("fe80::1", 22).toString());
    }

    @Test
    void whatCouldBecomeAnOptionOfACommandIsABugOfTheCaller() {
        assertThrows(IllegalArgumentException.class, () -> ProbeTarget.address("-f"));
        assertThrows(IllegalArgumentException.class, () -> ProbeTarget.address(" "));
        assertThrows(IllegalArgumentException.class, () -> ProbeTarget.port("host", 0));
        assertThrows(
                IllegalArgumentException.class, () -> ProbeTarget.page("host", 80, "no-slash"));
        assertThrows(
                IllegalArgumentException.class, () -> ProbeTarget.address("h").through("-I eth0"));
        assertThrows(
                IllegalArgumentException.class, () -> ProbeTarget.address("h").expecting(99, ""));
    }
}
