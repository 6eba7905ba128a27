package org.standfest.demo.guest;

import org.standfest.host.HostPrograms;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Debian's cloud kernel as a package file: from the cache, otherwise from the Debian archive this
 * host uses.
 */
final class KernelPackage {

    private static final Catalog TEXTS = Catalog.beside(KernelPackage.class);
    private static final Pattern FILE = Pattern.compile("linux-image-.*cloud-amd64_.*_amd64\\.deb");
    private static final Pattern NEEDED =
            Pattern.compile("Depends: (linux-image-\\S+-cloud-amd64)\\b");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path cache;

    KernelPackage(Path cache) {
        this.cache = cache;
    }

    /** The package file. Refused, with what to do, when it is neither here nor to be had. */
    Outcome<Path> fetch() throws IOException, InterruptedException {
        Optional<Path> here = packageIn(cache);
        if (here.isPresent()) {
            return Outcome.done(here.get());
        }
        if (HostPrograms.locate("apt-get").isEmpty()) {
            return Outcome.refused(TEXTS.explain("guest.no-apt", cache));
        }
        Optional<String> name = newest();
        if (name.isEmpty() && "root".equals(System.getProperty("user.name"))) {
            new HostPrograms(cache).run(List.of("apt-get", "-q", "update"), LIMIT);
            name = newest();
        }
        if (name.isEmpty()) {
            return Outcome.refused(TEXTS.explain("guest.no-kernel", cache));
        }
        return download(name.get());
    }

    private Outcome<Path> download(String name) throws IOException, InterruptedException {
        // Into a folder of its own: half a package must never be taken for a whole one.
        Path folder = Files.createTempDirectory(cache, "download-");
        try {
            var download =
                    new HostPrograms(folder).run(List.of("apt-get", "-q", "download", name), LIMIT);
            Optional<Path> loaded = packageIn(folder);
            if (!download.succeeded() || loaded.isEmpty()) {
                return Outcome.refused(
                        TEXTS.explain("guest.download", name, download.lastLine(), cache));
            }
            Path kept = cache.resolve(loaded.get().getFileName());
            Files.move(loaded.get(), kept, StandardCopyOption.ATOMIC_MOVE);
            return Outcome.done(kept);
        } finally {
            Folders.delete(folder);
        }
    }

    /** The kernel that Debian's package "the current cloud kernel" asks for. */
    private Optional<String> newest() throws IOException, InterruptedException {
        var depends =
                new HostPrograms(cache)
                        .run(
                                List.of("apt-cache", "depends", "linux-image-cloud-amd64"),
                                Duration.ofMinutes(1));
        Matcher matcher = NEEDED.matcher(depends.output());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<Path> packageIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> FILE.matcher(file.getFileName().toString()).matches())
                    .max(Comparator.comparing(file -> file.getFileName().toString()));
        }
    }
}
