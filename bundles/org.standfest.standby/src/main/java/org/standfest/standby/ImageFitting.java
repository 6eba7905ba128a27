package org.standfest.standby;

import org.standfest.adaptation.Adaptation;
import org.standfest.adaptation.Adapted;
import org.standfest.adaptation.ImageAdapter;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.management.StandbyHardware;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Fits the overlays of emergency machines to this host's hardware by the adapter that a system's
 * settings name. Safe for any thread.
 */
final class ImageFitting {

    /** In a profile of hardware: the kind of the adapter. */
    private static final String CHOSEN = "adapter";

    /** Lies in a machine's folder from the begin of an adaptation until it has succeeded. */
    private static final String BEGUN = "adaptation-begun";

    private final SystemRecords records;
    private final NewestImage newest;
    private final Supplier<List<ImageAdapter>> adapters;

    ImageFitting(SystemRecords records, NewestImage newest, Supplier<List<ImageAdapter>> adapters) {
        this.records = records;
        this.newest = newest;
        this.adapters = adapters;
    }

    /** The kind of the adapter that the settings name; empty if the image starts as it is. */
    Optional<String> chosen(String systemId) {
        return Optional.ofNullable(profile(systemId).get(CHOSEN))
                .map(kind -> kind.strip().toLowerCase(Locale.ROOT))
                .filter(kind -> !kind.isEmpty());
    }

    private Map<String, String> profile(String systemId) {
        return records.settings(systemId).hardware().profile();
    }

    /**
     * Why the image could not be adapted, as far as it is known without doing it. Empty also for a
     * system without an adapter, and while its machine is not known.
     */
    Optional<Explanation> problem(String systemId) {
        Optional<String> kind = chosen(systemId);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        Outcome<ImageAdapter> adapter = adapter(systemId, kind.get());
        StandbyHardware hardware = records.settings(systemId).hardware();
        return adapter.problem()
                .or(
                        () ->
                                newest.described(systemId)
                                        .flatMap(
                                                home ->
                                                        MachineFit.here(
                                                                        home, home.id(), hardware,
                                                                        Map.of())
                                                                .result()
                                                                .map(
                                                                        here ->
                                                                                order(
                                                                                        systemId,
                                                                                        home,
                                                                                        here,
                                                                                        Path.of(
                                                                                                ""))))
                                        .flatMap(adapter.orThrow()::problem));
    }

    private Outcome<ImageAdapter> adapter(String systemId, String kind) {
        return adapters.get().stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .map(one -> one.ready().map(_ -> one))
                .orElseGet(
                        () ->
                                Outcome.refused(
                                        StandbyTexts.explain(
                                                "standby.adapter-missing", kind, systemId)));
    }

    private Adaptation order(
            String systemId, MachineDescription home, MachineDescription here, Path work) {
        Map<String, String> wishes = new HashMap<>();
        for (String wish : List.of(Adaptation.ADDRESS, Adaptation.GATEWAY)) {
            Optional.ofNullable(profile(systemId).get(wish))
                    .ifPresent(value -> wishes.put(wish, value));
        }
        return new Adaptation(home, here, wishes, work);
    }

    /** Whether an adaptation of the machine in a folder was begun and did not succeed. */
    static boolean begun(Path folder) {
        return Files.exists(folder.resolve(BEGUN));
    }

    /**
     * Adapts.
     *
     * @param folder the machine's folder, with overlays on which no adaptation was begun
     */
    Outcome<Adapted> adapt(
            String systemId, MachineDescription here, Path folder, BooleanSupplier cancelled) {
        Optional<MachineDescription> home = newest.described(systemId);
        Optional<String> kind = chosen(systemId);
        if (home.isEmpty()) {
            return Outcome.refused(StandbyTexts.explain("standby.no-description", systemId));
        }
        if (kind.isEmpty()) {
            return Outcome.done(new Adapted(here, List.of()));
        }
        Outcome<ImageAdapter> adapter = adapter(systemId, kind.get());
        if (!(adapter instanceof Outcome.Done<ImageAdapter>(ImageAdapter found))) {
            return adapter.map(_ -> null);
        }
        Path begun = folder.resolve(BEGUN);
        try {
            Files.write(begun, new byte[0]);
            Outcome<Adapted> outcome =
                    found.adapt(order(systemId, home.get(), here, folder), cancelled);
            if (outcome.isDone()) {
                Files.delete(begun);
            }
            return outcome;
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-write", fault.getMessage()), fault);
        }
    }
}
