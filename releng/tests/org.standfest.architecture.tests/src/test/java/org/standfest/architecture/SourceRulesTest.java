package org.standfest.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

class SourceRulesTest {

    private static final String NONE = "";

    @Test
    void theSourcesObey() {
        Path root = House.root();
        SourceRules rules =
                new SourceRules(House.text(root.resolve("releng/checks/boundaries.txt")));
        List<Path> sources = sources(root);
        assertTrue(
                sources.stream().anyMatch(it -> it.endsWith("org/standfest/results/Outcome.java")));
        sources.forEach(it -> rules.check(root.relativize(it).toString(), House.text(it)));
        List<String> bad = new ArrayList<>(rules.findings());
        bad.addAll(rules.unused());
        assertEquals("", String.join("\n", bad));
    }

    @Test
    void everyPackageSaysWhatItIs() {
        assertEquals("", String.join("\n", withoutInfo(sources(House.root()))));
    }

    @Test
    void everyBundleWithComponentsIsLazy() {
        List<String> bad =
                House.read(House.root()).bundles().stream()
                        .filter(
                                it ->
                                        !it.headers()
                                                .getOrDefault("Bundle-ActivationPolicy", "")
                                                .startsWith("lazy"))
                        .filter(it -> hasComponents(it.folder()))
                        .map(
                                it ->
                                        it.shortName()
                                                + " has components, but SCR ignores them without"
                                                + " Bundle-ActivationPolicy: lazy")
                        .toList();
        assertEquals(List.of(), bad);
    }

    @Test
    void refusesALongClassALongMethodAWideLine() {
        refuses("class X {\n" + "int a;\n".repeat(SourceRules.CLASS_LINES) + "}", "more than 500");
        refuses(
                "class X {\nvoid f() {\n" + "f();\n".repeat(SourceRules.METHOD_LINES) + "}\n}",
                "more than 70");
        refuses("class X { } //" + "x".repeat(SourceRules.LINE_WIDTH), "./standfest format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void f(Exception e) { e.printStackTrace(); }",
                "void f() { System.out.println(); }",
                "void f() { System.err.println(); }",
                "long f() { return System.currentTimeMillis(); }",
                "Object f() { return new java.util.Random(); }",
                "void f() throws Exception { Thread.sleep(1); }"
            })
    void refusesABannedCallUnlessItsClassIsABoundary(String code) {
        String text = "package p; class X { " + code + " }";
        refuses(text, "boundaries.txt");
        String call =
                Stream.of("printStackTrace", "System.currentTimeMillis", "Thread.sleep")
                        .filter(code::contains)
                        .findFirst()
                        .orElse(code.contains("Random") ? "new Random" : "System.out");
        SourceRules named = new SourceRules(call + " p.X : it is the boundary");
        named.check("bundles/p/X.java", text);
        assertEquals(List.of(), named.findings());
        assertEquals(List.of(), named.unused());
    }

    @Test
    void doesNotTakeACommentOrATextForACall() {
        SourceRules rules = new SourceRules(NONE);
        rules.check("X.java", "class X { /* System.out */ String s = \"Thread.sleep(1)\"; }");
        assertEquals(List.of(), rules.findings());
    }

    @Test
    void refusesStaticsThatChange() {
        refuses("class X { static int count; }", "static field that changes");
        refuses("class X { static final Map<A, B> M = new HashMap<>(); }", "immutable copy");
        refuses("class X { static X getInstance() { return null; } }", "by constructor");
        SourceRules rules = new SourceRules(NONE);
        rules.check(
                "X.java",
                "class X { static final Map<A, B> M = Map.copyOf(new HashMap<>()); static final int"
                        + " N = 1; }");
        assertEquals(List.of(), rules.findings());
    }

    @Test
    void refusesABoundaryThatNothingUsesOrThatHasNoReason() {
        assertEquals(1, new SourceRules("Thread.sleep p.X : it waits").unused().size());
        assertThrows(IllegalArgumentException.class, () -> new SourceRules("Thread.sleep p.X"));
    }

    @Test
    void refusesAPackageWithoutInfo() {
        assertEquals(
                1,
                withoutInfo(
                                List.of(
                                        Path.of("a/X.java"),
                                        Path.of("b/Y.java"),
                                        Path.of("b/package-info.java")))
                        .size());
    }

    private static void refuses(String text, String expected) {
        SourceRules rules = new SourceRules(NONE);
        rules.check("bundles/p/X.java", text);
        assertTrue(
                String.join("\n", rules.findings()).contains(expected),
                () -> expected + " not in " + rules.findings());
    }

    private static List<String> withoutInfo(List<Path> sources) {
        var packages = new TreeSet<Path>();
        sources.forEach(it -> packages.add(it.getParent()));
        return packages.stream()
                .filter(it -> !sources.contains(it.resolve("package-info.java")))
                .map(it -> it + " has no package-info.java with one sentence")
                .toList();
    }

    private static List<Path> sources(Path root) {
        return House.folders(root.resolve("bundles"))
                .map(it -> it.resolve("src/main/java"))
                .filter(Files::isDirectory)
                .flatMap(SourceRulesTest::javaFiles)
                .toList();
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(it -> it.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean hasComponents(Path bundle) {
        Path main = bundle.resolve("src/main/java");
        return Files.isDirectory(main)
                && javaFiles(main)
                        .anyMatch(
                                it ->
                                        House.text(it)
                                                .contains(
                                                        "org.osgi.service.component.annotations.Component;"));
    }
}
