package org.standfest.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ManifestRulesTest {

    private static final String JAVA = "Bundle-RequiredExecutionEnvironment: JavaSE-25";

    @TestFactory
    Stream<DynamicTest> theHouseObeys() {
        House house = House.read(House.root());
        assertTrue(
                house.bundles().stream().anyMatch(it -> it.name().equals("org.standfest.results")));
        return ManifestRules.all().entrySet().stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getKey(),
                                        () ->
                                                assertEquals(
                                                        "",
                                                        String.join(
                                                                "\n",
                                                                rule.getValue().apply(house)))));
    }

    @TestFactory
    Stream<DynamicTest> aGoodHouseBreaksNothing() {
        House good =
                house(
                        low("Export-Package: org.standfest.low;version=\"1.0.0\""),
                        high(
                                "Import-Package:"
                                    + " org.standfest.low;version=\"[1.0,2)\",org.osgi.framework"));
        return ManifestRules.all().entrySet().stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getKey(),
                                        () ->
                                                assertEquals(
                                                        List.of(), rule.getValue().apply(good))));
    }

    @Test
    void refusesAnArrowThatGoesUp() {
        breaks(
                "arrows go only to a lower rank",
                house(
                        low("Import-Package: org.standfest.high;version=\"[1.0,2)\""),
                        high("Export-Package: org.standfest.high;version=\"1.0.0\"")),
                "low -> high: rank 0 may not see rank 1");
    }

    @Test
    void refusesAnArrowToTheSameRankUnlessItIsNamed() {
        Bundle a =
                bundle("org.standfest.low", "Export-Package: org.standfest.low;version=\"1.0.0\"");
        Bundle b =
                bundle(
                        "org.standfest.high",
                        "Import-Package: org.standfest.low;version=\"[1.0,2)\"");
        House sideways = new House(List.of(a, b), Layers.parse("1 low\n1 high"), "");
        breaks("arrows go only to a lower rank", sideways, "high -> low");
        House named =
                new House(
                        List.of(a, b), Layers.parse("1 low\n1 high\nallow high -> low : why"), "");
        assertEquals(List.of(), ManifestRules.arrowsGoDown(named));
        House stale = new House(List.of(a), Layers.parse("1 low\nallow low -> high : why"), "");
        breaks("arrows go only to a lower rank", stale, "delete the line");
    }

    @Test
    void refusesTablesThatDiffer() {
        House house = house(low(JAVA), high(JAVA));
        String rule = "layers.txt, README and disk name the same bundles";
        breaks(
                rule,
                new House(house.bundles(), Layers.parse("0 low"), "| 0 | `low` | x |"),
                "high has no rank");
        breaks(
                rule,
                new House(List.of(), house.layers(), house.readme()),
                "which is not below bundles/");
        breaks(
                rule,
                new House(house.bundles(), house.layers(), "| 1 | `low` | x |"),
                "differ in [high, low]");
    }

    @Test
    void refusesWindowsOutsideFaces() {
        String rule = "SWT, JFace, the workbench only in .ui";
        breaks(rule, house(low("Require-Bundle: org.eclipse.swt")), "low sees org.eclipse.swt");
        breaks(
                rule,
                house(low("Import-Package: org.eclipse.jface.viewers")),
                "org.eclipse.jface.viewers");
        breaks(
                rule,
                house(low("Import-Package: org.standfest.workbench.ui;version=\"[1.0,2)\"")),
                "workbench.ui");
        House face = house(bundle("org.standfest.low.ui", "Require-Bundle: org.eclipse.ui"));
        assertEquals(List.of(), ManifestRules.windowsOnlyInFaces(face));
    }

    @Test
    void refusesAnEngineThatSeesALibrary() {
        breaks(
                "replication.* and results stay with JDK, OSGi and each other",
                house(bundle("org.standfest.replication.pool", "Import-Package: com.google.gson")),
                "replication.pool sees com.google.gson");
    }

    @Test
    void refusesAnActivator() {
        breaks(
                "no activator",
                house(low("Bundle-Activator: org.standfest.low.Activator")),
                "use a DS component");
    }

    @Test
    void refusesExportedInternalsAndFriends() {
        String rule = "internal stays internal";
        breaks(
                rule,
                house(low("Export-Package: org.standfest.low.internal;version=\"1.0.0\"")),
                "low.internal");
        breaks(
                rule,
                house(low("Export-Package: org.standfest.low;x-friends:=\"a,b\"")),
                "for friends");
        breaks(
                rule,
                house(low("Export-Package: org.standfest.low;x-internal:=true")),
                "for friends");
    }

    @Test
    void refusesImportsWithoutRangeAndExportsWithoutVersion() {
        breaks(
                "imports between ours have ranges",
                house(low("Import-Package: org.standfest.high;version=\"1.0\"")),
                "without a range");
        breaks(
                "exports have versions",
                house(low("Export-Package: org.standfest.low")),
                "without ;version");
    }

    @Test
    void refusesToRequireOurOwnBundles() {
        breaks(
                "Require-Bundle only for the platform",
                house(low("Require-Bundle: org.standfest.high")),
                "import its packages");
    }

    @Test
    void refusesAnOlderJava() {
        Map<String, String> headers = Map.of("Bundle-RequiredExecutionEnvironment", "JavaSE-21");
        breaks(
                "folder, name and Java are as agreed",
                house(new Bundle("org.standfest.low", headers, null)),
                "JavaSE-25");
    }

    private static void breaks(String rule, House house, String expected) {
        List<String> bad = ManifestRules.all().get(rule).apply(house);
        assertFalse(bad.isEmpty(), "the rule saw nothing");
        assertTrue(
                String.join("\n", bad).contains(expected),
                () -> "not said: " + expected + " in " + bad);
    }

    private static House house(Bundle... bundles) {
        Map<String, Integer> ranks = new TreeMap<>();
        for (Bundle bundle : bundles) {
            ranks.put(bundle.shortName(), bundle.shortName().equals("high") ? 1 : 0);
        }
        String layers =
                ranks.entrySet().stream()
                        .map(it -> it.getValue() + " " + it.getKey())
                        .collect(Collectors.joining("\n"));
        String readme =
                ranks.entrySet().stream()
                        .map(it -> "| " + it.getValue() + " | `" + it.getKey() + "` | what |")
                        .collect(Collectors.joining("\n"));
        return new House(List.of(bundles), Layers.parse(layers), readme);
    }

    private static Bundle low(String header) {
        return bundle("org.standfest.low", header);
    }

    private static Bundle high(String header) {
        return bundle("org.standfest.high", header);
    }

    private static Bundle bundle(String name, String header) {
        Map<String, String> headers = new HashMap<>();
        for (String line : List.of(JAVA, header)) {
            headers.put(
                    line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2));
        }
        return new Bundle(name, headers, null);
    }
}
