package org.standfest.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks into the products as they were packed: what is inside, and whether they start. */
class PackedProductsTest {

    private static final Pattern WINDOWS =
            Pattern.compile(
                    "org\\.eclipse\\.(swt|jface|ui|e4|core\\.runtime|equinox\\.app)[._].*|org\\.standfest\\..*ui_.*");
    private static final Pattern DESIGNER =
            Pattern.compile("org\\.standfest\\.(designer|topology|analysis).*");

    /** The command line has more: the analysis, and a library that writes PDF with its parts. */
    @ParameterizedTest
    @CsvSource({"agent, 50", "standby, 50", "cli, 60"})
    void aHeadlessProductHasNoWindow(String product, int limit) throws IOException {
        List<String> bundles = bundles(folder("headless", product));
        assertEquals(List.of(), matching(bundles, WINDOWS));
        assertTrue(bundles.size() < limit, () -> product + " has " + bundles.size() + " bundles");
    }

    @Test
    void branchHasNoDesigner() throws IOException {
        List<String> bundles = bundles(folder("clients", "branch"));
        assertEquals(List.of(), matching(bundles, DESIGNER));
        assertEquals(
                1, matching(bundles, Pattern.compile("org\\.standfest\\.restore\\.ui_.*")).size());
    }

    @Test
    void hqHasBothFaces() throws IOException {
        List<String> bundles = bundles(folder("clients", "hq"));
        assertEquals(
                2,
                matching(bundles, Pattern.compile("org\\.standfest\\.(restore|designer)\\.ui_.*"))
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hq", "branch"})
    void clientsArePackedForThreeSystems(String product) throws IOException {
        Path products = House.root().resolve("releng/clients/" + product + "/target/products");
        try (Stream<Path> files = Files.list(products)) {
            List<String> names = files.map(it -> it.getFileName().toString()).toList();
            for (String system :
                    List.of(
                            "linux.gtk.x86_64.tar.gz",
                            "win32.win32.x86_64.zip",
                            "macosx.cocoa.aarch64.tar.gz")) {
                assertTrue(
                        names.stream().anyMatch(it -> it.endsWith(system)),
                        () -> "no archive for " + system + " in " + names);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "standby", "cli"})
    void aHeadlessProductStartsAndEndsByItself(String product, @TempDir Path home)
            throws Exception {
        ProcessBuilder start =
                new ProcessBuilder(
                        folder("headless", product).resolve("standfest-" + product).toString(),
                        "--help");
        start.environment().put("STANDFEST_HOME", home.toString());
        start.environment()
                .put("STANDFEST_JAVA", ProcessHandle.current().info().command().orElseThrow());
        Path said = home.resolve("said");
        Process running = start.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertTrue(running.waitFor(60, TimeUnit.SECONDS), "it did not end");
        } finally {
            running.destroyForcibly();
        }
        assertEquals(0, running.exitValue(), () -> House.text(said));
        assertFalse(House.text(said).isBlank());
    }

    @Test
    void seesAWindowInAHeadlessProduct() {
        assertEquals(
                3,
                matching(
                                List.of(
                                        "org.eclipse.swt_3.1.jar",
                                        "org.eclipse.ui.workbench_1.jar",
                                        "org.standfest.restore.ui_1.jar",
                                        "org.standfest.cli_1.jar"),
                                WINDOWS)
                        .size());
        assertEquals(1, matching(List.of("org.standfest.designer.ui_1.0.jar"), DESIGNER).size());
    }

    @Test
    void aMissingProductIsAFailure() {
        assertThrows(AssertionError.class, () -> folder("headless", "nosuch"));
    }

    private static Path folder(String kind, String product) {
        Path folder =
                House.root()
                        .resolve(
                                "releng/%s/%s/target/products/org.standfest.%s.product/linux/gtk/x86_64"
                                        .formatted(kind, product, product));
        assertTrue(
                Files.isDirectory(folder.resolve("plugins")),
                () -> "the product is not packed: " + folder);
        return folder;
    }

    private static List<String> bundles(Path product) throws IOException {
        try (Stream<Path> files = Files.list(product.resolve("plugins"))) {
            return files.map(it -> it.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> matching(List<String> names, Pattern pattern) {
        return names.stream().filter(it -> pattern.matcher(it).matches()).toList();
    }
}
