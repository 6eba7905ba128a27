package org.standfest.standby.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lays a product out with the real script, and has Debian's and systemd's own tools look at it. */
@Timeout(60)
class PackagingTest {

    @TempDir Path folder;

    private record Ended(int code, String said) {}

    private static Ended run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private static boolean there(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }

    private static Path script() {
        Path up = Path.of("").toAbsolutePath();
        while (!Files.exists(up.resolve("releng/packaging/layout"))) {
            up = up.getParent();
        }
        return up.resolve("releng/packaging/layout");
    }

    /** A packed product in small, with what a run leaves behind. */
    private Path product(String product) throws IOException {
        Path packed = folder.resolve("packed");
        Files.createDirectories(packed.resolve("plugins"));
        Files.createDirectories(packed.resolve("configuration/org.eclipse.osgi"));
        Files.writeString(packed.resolve("plugins/org.standfest.results.jar"), "jar");
        Files.writeString(packed.resolve("configuration/config.ini"), "osgi.bundles=");
        Files.writeString(packed.resolve("configuration/org.eclipse.osgi/left"), "by a run");
        Path start = Files.writeString(packed.resolve("standfest-" + product), "#!/bin/sh\n");
        assertTrue(start.toFile().setExecutable(true));
        return packed;
    }

    private Path laidOut(String product) throws IOException, InterruptedException {
        Path layout = folder.resolve("layout");
        Ended ended =
                run(
                        script().toString(),
                        layout.toString(),
                        product,
                        product(product).toString(),
                        "1.0.0");
        assertEquals(0, ended.code(), ended.said());
        return layout;
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "standby"})
    void theLayoutHasProgramUnitUserAndSettingsAndStartsNothing(String product)
            throws IOException, InterruptedException {
        Path layout = laidOut(product);
        String name = "standfest-" + product;
        assertTrue(Files.isExecutable(layout.resolve("usr/lib/" + name + "/" + name)));
        assertTrue(Files.isSymbolicLink(layout.resolve("usr/bin/" + name)));
        assertTrue(Files.exists(layout.resolve("usr/bin/" + name)), "the link leads somewhere");
        assertFalse(
                Files.exists(layout.resolve("usr/lib/" + name + "/configuration/org.eclipse.osgi")),
                "what a run left behind is not packed");
        String unit = Files.readString(layout.resolve("lib/systemd/system/" + name + ".service"));
        assertTrue(unit.contains("User=" + name), "no root");
        assertTrue(unit.contains("ConditionPathExists="), "nothing runs unconfigured");
        assertTrue(unit.contains("NoNewPrivileges=yes"));
        assertTrue(unit.contains("StateDirectory=" + name));
        assertTrue(
                Files.readString(layout.resolve("usr/lib/sysusers.d/" + name + ".conf"))
                        .contains("u " + name));
        assertEquals(
                "/etc/standfest/" + product + ".env\n",
                Files.readString(layout.resolve("DEBIAN/conffiles")));
        String postinst = Files.readString(layout.resolve("DEBIAN/postinst"));
        assertFalse(
                postinst.lines()
                        .filter(line -> !line.contains("echo"))
                        .anyMatch(line -> line.matches(".*systemctl (start|enable|restart).*")),
                "installing starts nothing");
        for (String script : List.of("postinst", "prerm", "postrm")) {
            Ended checked = run("sh", "-n", layout.resolve("DEBIAN/" + script).toString());
            assertEquals(0, checked.code(), checked.said());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "standby"})
    void debiansToolBuildsThePackageAndListsIt(String product)
            throws IOException, InterruptedException {
        assumeTrue(there("dpkg-deb"), "dpkg-deb is not there: not a Debian system");
        String deb = folder.resolve("product.deb").toString();
        Path layout = laidOut(product);
        Ended built = run("dpkg-deb", "--root-owner-group", "--build", layout.toString(), deb);
        assertEquals(0, built.code(), built.said());
        Ended listed = run("dpkg-deb", "-c", deb);
        assertEquals(0, listed.code(), listed.said());
        assertTrue(listed.said().contains("./lib/systemd/system/standfest-" + product));
        assertTrue(listed.said().lines().allMatch(line -> line.contains(" root/root ")));
        Ended fields = run("dpkg-deb", "-f", deb, "Package", "Version", "Depends");
        assertTrue(fields.said().contains("Package: standfest-" + product), fields.said());
        assertTrue(fields.said().contains("Version: 1.0.0"), fields.said());
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "standby"})
    void systemdUnderstandsEveryLineOfTheUnit(String product)
            throws IOException, InterruptedException {
        assumeTrue(there("systemd-analyze"), "systemd-analyze is not there");
        Path layout = laidOut(product);
        Path unit = layout.resolve("lib/systemd/system/standfest-" + product + ".service");
        // The program is looked for where a package would have put it.
        Files.writeString(
                unit,
                Files.readString(unit)
                        .replace("ExecStart=/usr/lib", "ExecStart=" + layout + "/usr/lib"));
        Ended verified = run("systemd-analyze", "verify", "--man=no", unit.toString());
        assertEquals(0, verified.code(), verified.said());
        List<String> ofUnit =
                verified.said().lines().filter(line -> line.contains("standfest-")).toList();
        assertEquals(List.of(), ofUnit, "no line is ignored");
    }

    /** As the unit starts it: by a user who may not write where the package lies. */
    @ParameterizedTest
    @ValueSource(strings = {"agent", "standby"})
    void anInstalledProgramStartsAsAUserWhoMayNotWriteToIt(String product)
            throws IOException, InterruptedException {
        boolean root = System.getProperty("user.name").equals("root");
        assumeTrue(!root || there("setpriv"), "nobody to start it as");
        Path packed = product(product);
        for (String file : List.of("standfest-start", "standfest-" + product)) {
            Path up = script().getParent().resolveSibling("..").normalize();
            Path rootFile =
                    Stream.of(
                                    "features/org.standfest.start.feature/rootfiles",
                                    "features/org.standfest." + product + ".feature/rootfiles")
                            .map(place -> up.resolve(place).resolve(file))
                            .filter(Files::exists)
                            .findFirst()
                            .orElseThrow();
            Files.copy(rootFile, packed.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            assertTrue(packed.resolve(file).toFile().setExecutable(true, false));
        }
        Path layout = folder.resolve("layout");
        Ended laid =
                run(script().toString(), layout.toString(), product, packed.toString(), "1.0.0");
        assertEquals(0, laid.code(), laid.said());
        Path java = folder.resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true, false));
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path configuration = layout.resolve("usr/lib/standfest-" + product + "/configuration");
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("r-xr-xr-x"));
        List<String> words =
                new ArrayList<>(
                        root ? List.of("setpriv", "--reuid=65534", "--clear-groups") : List.of());
        words.addAll(List.of("env", "STANDFEST_HOME=" + home, "STANDFEST_JAVA=" + java));
        words.addAll(List.of(layout.resolve("usr/bin/standfest-" + product).toString(), "run"));
        for (int starts = 0; starts < 2; starts++) {
            Ended ended = run(words.toArray(String[]::new));
            assertEquals(0, ended.code(), ended.said());
            Path own = home.resolve("configuration").resolve(product);
            assertTrue(ended.said().contains("-configuration file:" + own), ended.said());
            assertTrue(ended.said().strip().endsWith(" run"), ended.said());
            assertTrue(Files.exists(own.resolve("config.ini")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "standby"})
    void whatIsThereAlreadyIsNeverMixedWithIt(String product)
            throws IOException, InterruptedException {
        Path layout = folder.resolve("layout");
        Files.createDirectories(layout.resolve("something"));
        Path packed = product(product);
        Ended ended = run(script().toString(), layout.toString(), product, packed.toString());
        assertEquals(1, ended.code(), ended.said());
        Ended nothing = run(script().toString(), layout.toString(), "hq");
        assertEquals(2, nothing.code(), nothing.said());
    }
}
