package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.replication.protocol.manifest.TreePath;

class ExcludesTest {

    @ParameterizedTest
    @CsvSource({
        "*.tmp, a.tmp, true",
        "*.tmp, deep/below/a.tmp, true",
        "*.tmp, a.tmp.keep, false",
        "cache, home/anna/cache, true",
        "cache, home/anna/cached, false",
        "/cache, cache, true",
        "/cache, home/cache, false",
        "var/log, var/log, true",
        "var/log, srv/var/log, false",
        "var/*/old, var/a/old, true",
        "var/*/old, var/a/b/old, false",
        "var/**/old, var/a/b/old, true",
        "var/**/old, var/old, true",
        "**/core.?, a/b/core.7, true",
        "**/core.?, a/b/core.77, false",
        "data/**, data/a/b, true",
        "data/**, data, false",
        "a.b, aXb, false",
        "a[1], a[1], true",
        "a+(b), x/a+(b), true"
    })
    void onePatternALine(String pattern, String path, boolean leftOut) {
        assertEquals(leftOut, Excludes.of(pattern).leaveOut(TreePath.of(path)));
    }

    @Test
    void emptyLinesAndTheRootAreNoPatterns() {
        Excludes excludes = Excludes.of("\n  \n*\n");
        assertEquals(false, excludes.leaveOut(TreePath.ROOT));
        assertEquals(true, excludes.leaveOut(TreePath.of("anything")));
        assertEquals(false, Excludes.of("").leaveOut(TreePath.of("anything")));
    }
}
