package org.standfest.designer.ui.internal.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LiveFindingsTest {

    @Test
    void waitsAsLongAsACopyTakesButNeverLong() {
        assertEquals(10, LiveFindings.pauseMillis(0), "a small topology is examined at once");
        assertEquals(40, LiveFindings.pauseMillis(40));
        assertEquals(250, LiveFindings.pauseMillis(3_000));
    }
}
