package org.standfest.replication.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_CHAR_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** With structures laid out as Microsoft documents them, not recorded on a real Windows. */
class FactsTest {

    /** 2026-11-22T09:00:00.1234567Z as FILETIME. */
    private static final long TIME = 134_397_252_001_234_567L;

    @Test
    void readsTheStructuresOfAFile() {
        MemorySegment basic = MemorySegment.ofArray(new byte[Facts.BASIC_INFO_BYTES]);
        basic.set(JAVA_LONG_UNALIGNED, 16, TIME);
        basic.set(JAVA_LONG_UNALIGNED, 24, TIME + 10);
        basic.set(JAVA_INT_UNALIGNED, 32, 0x22);
        MemorySegment standard = MemorySegment.ofArray(new byte[Facts.STANDARD_INFO_BYTES]);
        standard.set(JAVA_INT_UNALIGNED, 16, 3);
        MemorySegment id = MemorySegment.ofArray(new byte[Facts.ID_INFO_BYTES]);
        id.set(JAVA_LONG_UNALIGNED, 0, 0xCAFEL);
        id.set(JAVA_LONG_UNALIGNED, 8, 0x0005_0000_0000_1234L);
        Facts facts = Facts.of(basic, standard, id);
        assertEquals(1_795_251_600_123_456_700L, facts.modifiedNanos());
        assertEquals(facts.modifiedNanos() + 1000, facts.changedNanos());
        assertEquals(0x22, facts.attributes());
        assertEquals(3, facts.links());
        assertEquals(0xCAFEL, facts.volume());
        assertEquals(0x0005_0000_0000_1234L, facts.fileId());
        assertFalse(facts.isDirectory());
        assertFalse(facts.isReparsePoint());
    }

    @Test
    void timesComeBackToTheStep() {
        for (long time : new long[] {TIME, 116_444_736_000_000_000L - 1}) {
            assertEquals(time, Facts.fileTime(Facts.nanos(time)));
        }
        assertEquals(0, Facts.nanos(116_444_736_000_000_000L));
        assertEquals(Long.MIN_VALUE, Facts.nanos(0));
        assertEquals(Long.MAX_VALUE, Facts.nanos(Long.MAX_VALUE));
    }

    private static MemorySegment stream(String name) {
        MemorySegment data = MemorySegment.ofArray(new byte[Facts.STREAM_DATA_BYTES]);
        data.set(JAVA_LONG_UNALIGNED, 0, 26);
        for (int i = 0; i < name.length(); i++) {
            data.set(JAVA_CHAR_UNALIGNED, 8 + 2L * i, name.charAt(i));
        }
        return data;
    }

    @Test
    void tellsAlternateStreamsFromTheContent() {
        assertEquals(
                Optional.of("Zone.Identifier"), Facts.streamName(stream(":Zone.Identifier:$DATA")));
        assertEquals(Optional.empty(), Facts.streamName(stream("::$DATA")));
        assertEquals(Optional.empty(), Facts.streamName(stream(":x:$INDEX_ALLOCATION")));
        assertEquals(Optional.empty(), Facts.streamName(stream("")));
        assertTrue(Facts.streamName(stream(":" + "n".repeat(288) + ":$DATA")).isPresent());
    }
}
