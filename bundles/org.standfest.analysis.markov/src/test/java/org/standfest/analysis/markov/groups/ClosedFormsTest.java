package org.standfest.analysis.markov.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every row of the closed forms that is a group, to twelve digits. */
class ClosedFormsTest {

    private static final double DIGITS = 1e-12;

    private static final Map<String, Supplier<RepairableGroup>> GROUPS = new HashMap<>();

    static {
        GROUPS.put("CF01", () -> new KOutOfN(1, 1, 2000, 4, 1));
        GROUPS.put("CF02b", () -> new KOutOfN(1, 2, 1000, 8, 1));
        GROUPS.put("CF03b", () -> new KOutOfN(2, 3, 5000, 24, 1));
        GROUPS.put("CF04b", () -> new KOutOfN(3, 5, 8760, 12, 2));
        GROUPS.put("CF05", () -> new KOutOfN(7, 8, 4380, 6, 1));
        GROUPS.put("CF07", () -> new KOutOfN(90, 100, 20000, 24, 4));
        GROUPS.put(
                "CF10a",
                () ->
                        new DistinctUnits(
                                1,
                                List.of(
                                        new DistinctUnits.Unit(1000, 10),
                                        new DistinctUnits.Unit(500, 50)),
                                1));
        // The file rounds one minute and half a minute.
        GROUPS.put("CF11a", () -> new FailoverCluster(5000, 4, 1 / 60.0, 0.99, 0.5, 1));
        GROUPS.put("CF11c", () -> new FailoverCluster(2000, 8, 1 / 120.0, 0.95, 1, 2));
        GROUPS.put("CF12a", () -> StandbyGroup.ideal(1, 1000, 10, 0, 1));
        GROUPS.put("CF12c", () -> StandbyGroup.ideal(1, 1000, 10, 0.1, 1));
        GROUPS.put("CF12e", () -> StandbyGroup.ideal(1, 1000, 10, 1, 1));
        GROUPS.put("CF13b", () -> StandbyGroup.ideal(3, 500, 20, 0, 2));
        GROUPS.put("CF15a", () -> new KOutOfN(1, 2, 1000, 8, 1, 1));
        GROUPS.put("CF15c", () -> new KOutOfN(1, 2, 1000, 8, 1, 4));
        GROUPS.put("CF15e", () -> new DeterministicRepairPair(1000, 8));
        GROUPS.put("CF17a", () -> new CommonCauseGroup(1, 2, 10000, 10, 0, 10, 1));
        GROUPS.put("CF17c", () -> new CommonCauseGroup(1, 2, 10000, 10, 0.05, 10, 1));
        GROUPS.put("CF19a", () -> new SparePool(4, 1, 2000, 12, 1.0 / 12, 1));
        GROUPS.put("CF26", () -> new DormantUnit(1e4, 730));
    }

    /** The columns of one row; parameters and notes may stand in quotes. */
    private static List<String> columns(String line) {
        List<String> columns = new ArrayList<>();
        StringBuilder column = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                columns.add(column.toString());
                column.setLength(0);
            } else {
                column.append(c);
            }
        }
        columns.add(column.toString());
        return columns;
    }

    static Stream<List<String>> rows() throws IOException {
        try (InputStream in = ClosedFormsTest.class.getResourceAsStream("/closed-forms.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(ClosedFormsTest::columns);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyGroupHasTwelveDigits() throws IOException {
        List<List<String>> rows = rows().filter(row -> GROUPS.containsKey(row.get(0))).toList();
        assertEquals(GROUPS.size(), rows.size());
        return rows.stream()
                .map(row -> dynamicTest(row.get(0) + " " + row.get(1), () -> check(row)));
    }

    private static void check(List<String> row) {
        GroupAvailability got = GROUPS.get(row.get(0)).get().solve().orThrow();
        same("unavailability", row.get(4), got.unavailability());
        same("downtime", row.get(5), got.downtimeMinutesPerYear());
        same("frequency", row.get(6), got.failureFrequencyPerHour());
        same("MUT", row.get(7), got.meanUpTimeHours());
        same("MDT", row.get(8), got.meanDownTimeHours());
        same("MTTFF", row.get(9), got.meanTimeToFirstFailureHours());
    }

    private static void same(String what, String expected, double got) {
        if (!expected.isEmpty()) {
            double value = Double.parseDouble(expected);
            // The file has 18 digits; fewer where the value is a short one.
            assertEquals(value, got, DIGITS * value, what);
        }
    }

    @TestFactory
    Stream<DynamicTest> raidGroupsLoseDataAsSeldomAsTheFormulaSays() throws IOException {
        Map<String, RaidGroup> groups =
                Map.of(
                        "CF22a", new RaidGroup(2, 1, 1e6, 24, 0),
                        "CF22c", new RaidGroup(8, 2, 1e6, 24, 0),
                        "CF22e", new RaidGroup(8, 1, 1e6, 24, 0.05));
        List<List<String>> rows = rows().filter(row -> groups.containsKey(row.get(0))).toList();
        assertEquals(3, rows.size());
        return rows.stream()
                .map(
                        row ->
                                dynamicTest(
                                        row.get(0),
                                        () ->
                                                same(
                                                        "MTTDL",
                                                        row.get(9),
                                                        groups.get(row.get(0))
                                                                .meanTimeToDataLossHours(
                                                                        Effort.STANDARD)
                                                                .orThrow())));
    }

    @TestFactory
    Stream<DynamicTest> groupsInSeriesAddUp() throws IOException {
        Map<String, Supplier<GroupAvailability>> series =
                Map.of(
                        "CF09a",
                        () ->
                                solved(new KOutOfN(1, 1, 1000, 10, 1))
                                        .inSeriesWith(solved(new KOutOfN(1, 1, 3000, 20, 1))),
                        "CF18a",
                        () ->
                                solved(new KOutOfN(1, 2, 1e4, 1, 2))
                                        .inSeriesWith(solved(new KOutOfN(1, 1, 2e4, 2, 1))));
        return rows().filter(row -> series.containsKey(row.get(0)))
                .map(
                        row ->
                                dynamicTest(
                                        row.get(0),
                                        () -> {
                                            GroupAvailability got = series.get(row.get(0)).get();
                                            same("U", row.get(4), got.unavailability());
                                            same("f", row.get(6), got.failureFrequencyPerHour());
                                            same("MUT", row.get(7), got.meanUpTimeHours());
                                            same("MDT", row.get(8), got.meanDownTimeHours());
                                        }));
    }

    private static GroupAvailability solved(RepairableGroup group) {
        return group.solve().orThrow();
    }

    @TestFactory
    Stream<DynamicTest> dataThatMakeNoSenseAreRefusedInWords() {
        return Stream.<RepairableGroup>of(
                        new KOutOfN(3, 2, 1000, 8, 1),
                        new KOutOfN(1, 2, 0, 8, 1),
                        new KOutOfN(1, 2, 1000, -8, 1),
                        new KOutOfN(1, 2, 1000, 8, 0),
                        new KOutOfN(1, 2, 1000, 8, 2, 3),
                        new KOutOfN(1, 2, Double.NaN, 8, 1),
                        new DistinctUnits(1, List.of(), 1),
                        new FailoverCluster(1000, 8, 0.1, 1.5, 1, 1),
                        new StandbyGroup(1, -1, 1000, 8, 0, 1, 0, 0),
                        new StandbyGroup(1, 1, 1000, 8, 2, 1, 0, 0),
                        new CommonCauseGroup(1, 2, 1000, 8, -0.1, 8, 1),
                        new SparePool(0, 1, 1000, 8, 1, 1),
                        new MirrorPair(1000, 8, Double.POSITIVE_INFINITY, 1),
                        new QuorumGroup(3, 1000, 8, 1000, 0, 1),
                        new DeterministicRepairPair(0, 8),
                        new DormantUnit(1000, 0))
                .map(
                        group ->
                                dynamicTest(
                                        group.toString(),
                                        () ->
                                                assertTrue(
                                                        group.solve()
                                                                        instanceof
                                                                        org.standfest.results
                                                                                                .Outcome
                                                                                                .Refused<
                                                                                        ?>
                                                                                refused
                                                                && !refused.explanation()
                                                                        .inFull(
                                                                                java.util.Locale
                                                                                        .GERMAN)
                                                                        .contains("!"))));
    }
}
