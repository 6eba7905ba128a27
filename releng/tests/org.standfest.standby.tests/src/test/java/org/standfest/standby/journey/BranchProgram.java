package org.standfest.standby.journey;

import org.standfest.management.guide.GuideStep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packed Branch product as its users have it, run with the keyboard alone. */
final class BranchProgram implements AutoCloseable {

    private static final Map<Locale, String> PRODUCT =
            Map.of(
                    Locale.ENGLISH, "Standfest Branch",
                    Locale.GERMAN, "Standfest Zweigstelle");

    private final Screen screen;
    private final Locale language;
    private final Process process;
    private final Path pictures;

    /**
     * Opens it.
     *
     * @param product a copy of the packed product; what it writes stays there
     * @param home what it keeps for its user
     */
    BranchProgram(Path product, Path home, Screen screen, Locale language) throws IOException {
        this.screen = screen;
        this.language = language;
        this.pictures = Files.createDirectories(Path.of("target", "screenshots"));
        ProcessBuilder builder =
                new ProcessBuilder(product.resolve("standfest-branch").toString(), "-nosplash")
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        home.resolveSibling("branch.log").toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("DISPLAY", screen.display());
        environment.put("STANDFEST_HOME", home.toString());
        environment.put("STANDFEST_JAVA", ProcessHandle.current().info().command().orElseThrow());
        environment.put(
                "STANDFEST_JVM_OPTIONS",
                "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dstandfest.theme=light"
                        + " -Duser.timezone="
                        + atNoon(Instant.now()));
        environment.put("LC_ALL", language == Locale.GERMAN ? "de_DE.UTF-8" : "C.UTF-8");
        environment.put("NO_AT_BRIDGE", "1");
        environment.put("GDK_BACKEND", "x11");
        process = builder.start();
    }

    /** A zone whose clocks show noon: "tonight" is then never now, whenever this runs. */
    private static String atNoon(Instant now) {
        int hours = 12 - now.atOffset(ZoneOffset.UTC).getHour();
        return "GMT" + (hours < 0 ? "-" : "+") + Math.abs(hours);
    }

    /**
     * A copy of the product that this build packed, or of the one that the system property {@code
     * standfest.branch} names.
     */
    static Path copy(Path target) throws IOException {
        String named = System.getProperty("standfest.branch");
        Path packed = named == null ? packed() : Path.of(named);
        try {
            int code =
                    new ProcessBuilder("cp", "-a", packed.toString(), target.toString())
                            .inheritIO()
                            .start()
                            .waitFor();
            if (code != 0) {
                throw new IOException(packed + " cannot be copied");
            }
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
        return target;
    }

    private static Path packed() throws IOException {
        Path products =
                Path.of(
                        System.getProperty("standfest.root", "../../.."),
                        "releng/clients/branch/target/products");
        try (Stream<Path> files = Files.walk(products, 5)) {
            return files.filter(file -> file.endsWith("linux/gtk/x86_64"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IOException("no packed Branch: ./standfest test makes one"));
        }
    }

    /** Waits for a page of a guide by the window's title and keeps a picture of it. */
    void page(GuideStep step) {
        page(step.title(language, "ledger"), step.name());
    }

    /** Waits for a page by its title and keeps a picture of it. */
    void page(String title, String name) {
        screen.await(title + " - " + PRODUCT.get(language));
        picture(name);
    }

    /** Keeps a picture of what is shown now. */
    void picture(String name) {
        screen.picture(pictures.resolve("Branch." + language.getLanguage() + "." + name + ".png"));
    }

    /** Goes on by so many buttons and presses the one that is reached. */
    void press(int further) {
        for (int i = 0; i < further; i++) {
            screen.press("Tab");
        }
        screen.press("space");
    }

    /** As when somebody closes the window, or the computer loses power. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
