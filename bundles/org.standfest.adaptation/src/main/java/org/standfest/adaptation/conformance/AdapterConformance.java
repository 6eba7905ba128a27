package org.standfest.adaptation.conformance;

import org.standfest.adaptation.Adaptation;
import org.standfest.adaptation.Adapted;
import org.standfest.adaptation.ImageAdapter;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What every {@link ImageAdapter} must do. The author of one writes an {@link AdapterFixture} and
 * this test, with any test framework:
 *
 * <pre>{@code
 * assertEquals(List.of(), AdapterConformance.breaches(fixture));
 * }</pre>
 *
 * <p>Adapts three times. For one thread.
 */
public final class AdapterConformance {

    private static final int BUFFER_BYTES = 1 << 20;

    private final AdapterFixture fixture;
    private final ImageAdapter adapter;
    private final List<String> breaches = new ArrayList<>();

    private AdapterConformance(AdapterFixture fixture) {
        this.fixture = fixture;
        this.adapter = fixture.adapter();
    }

    /**
     * Checks an adapter.
     *
     * @return what it does wrong, one sentence each; empty if it conforms
     * @throws IOException the fixture itself did not work
     */
    public static List<String> breaches(AdapterFixture fixture) throws IOException {
        AdapterConformance conformance = new AdapterConformance(fixture);
        conformance.identity();
        conformance.adaptsOnlyTheOverlay();
        conformance.refusesWhatItDoesNotKnow();
        conformance.refusesWhatIsNotThere();
        conformance.endsWhenItIsCancelled();
        return List.copyOf(conformance.breaches);
    }

    private void identity() throws IOException {
        demand(adapter.kind().matches("[a-z][a-z0-9-]{0,31}"), "its kind is a lower case word");
        spoken("not being ready", adapter.ready());
        demand(adapter.ready().isDone(), "it is ready where the fixture is");
        demand(
                adapter.problem(fixture.known()).isEmpty(),
                "it has nothing against an order that it can carry out");
    }

    private void adaptsOnlyTheOverlay() throws IOException {
        Adaptation order = fixture.known();
        List<String> before = prints(order);
        for (int time = 1; time <= 2; time++) {
            Outcome<Adapted> outcome = adapter.adapt(order, () -> false);
            spoken("time " + time, outcome);
            demand(outcome.isDone(), "time " + time + " succeeds: " + outcome);
            outcome.result().ifPresent(adapted -> same(order.here(), adapted.machine()));
            demand(before.equals(prints(order)), "the images below the overlays are as before");
        }
    }

    private void same(MachineDescription wanted, MachineDescription adapted) {
        demand(wanted.id().equals(adapted.id()), "the machine keeps its id");
        demand(wanted.firmware() == adapted.firmware(), "the machine keeps its firmware");
        demand(files(wanted).equals(files(adapted)), "the machine keeps its disks and overlays");
    }

    private static List<String> files(MachineDescription machine) {
        return machine.disks().stream().map(disk -> disk.name() + " " + disk.image()).toList();
    }

    private void refusesWhatItDoesNotKnow() throws IOException {
        Adaptation order = fixture.strange();
        List<String> before = prints(order);
        Outcome<Adapted> outcome = adapter.adapt(order, () -> false);
        spoken("a strange image", outcome);
        demand(!outcome.isDone(), "an image that it does not know is no success");
        demand(before.equals(prints(order)), "a strange image is as before");
    }

    private void refusesWhatIsNotThere() throws IOException {
        Adaptation order = fixture.known();
        Adaptation gone =
                new Adaptation(
                        order.atHome(),
                        order.here().withDisks(AdapterConformance::absent),
                        order.wishes(),
                        order.work());
        Outcome<Adapted> outcome = adapter.adapt(gone, () -> false);
        spoken("a missing overlay", outcome);
        demand(!outcome.isDone(), "an overlay that is not there is no success");
    }

    private static MachineDisk absent(MachineDisk disk) {
        Path beside = disk.image().file().resolveSibling("absent-" + disk.name());
        return disk.withImage(new DiskImage(beside, disk.image().format()));
    }

    private void endsWhenItIsCancelled() throws IOException {
        Outcome<Adapted> outcome = adapter.adapt(fixture.known(), () -> true);
        spoken("a cancel", outcome);
        demand(!outcome.isDone(), "what was cancelled before it began is no success");
    }

    /** What is not done says why, in both languages. */
    private void spoken(String what, Outcome<?> outcome) {
        outcome.problem()
                .ifPresent(
                        why -> {
                            demand(
                                    !blank(why, Locale.ENGLISH) && !blank(why, Locale.GERMAN),
                                    "it says what " + what + " means, in both languages");
                            demand(
                                    !why.happened(Locale.ENGLISH)
                                            .equals(why.happened(Locale.GERMAN)),
                                    "it says in German what happened with " + what);
                        });
    }

    private static boolean blank(Explanation why, Locale language) {
        return why.happened(language).isBlank()
                || why.meaning(language).isBlank()
                || why.next(language).isBlank();
    }

    private void demand(boolean holds, String what) {
        if (!holds) {
            breaches.add(what);
        }
    }

    private List<String> prints(Adaptation order) throws IOException {
        List<String> prints = new ArrayList<>();
        for (Path base : fixture.bases(order)) {
            prints.add(print(base));
        }
        return prints;
    }

    private static String print(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
