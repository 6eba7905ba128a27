package org.standfest.demo.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The drivers of one kernel, with what each needs to be loaded before it. Reads the dependencies
 * out of the drivers themselves, because a kernel package that was only unpacked has no index yet.
 */
final class KernelModules {

    private static final int MODULE_LIMIT_BYTES = 32 << 20;

    private final Map<String, Path> files = new LinkedHashMap<>();

    /**
     * @param folder the {@code kernel} folder of a kernel's modules
     * @throws IOException the folder cannot be read
     */
    KernelModules(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.sorted()::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(".ko")) {
                    files.put(normal(name.substring(0, name.length() - 3)), file);
                }
            }
        }
    }

    /**
     * Whether the kernel has this driver as a module; one that is built in is not here and needs no
     * loading.
     */
    boolean has(String module) {
        return files.containsKey(normal(module));
    }

    /**
     * The module with everything it needs, in the order of loading.
     *
     * @param into file name to content; what is there already is not added again
     * @throws IOException a module cannot be read or is implausibly large
     */
    void collect(String module, Map<String, byte[]> into) throws IOException {
        Optional<Path> file = Optional.ofNullable(files.get(normal(module)));
        if (file.isEmpty() || into.containsKey(file.get().getFileName().toString())) {
            return;
        }
        if (Files.size(file.get()) > MODULE_LIMIT_BYTES) {
            throw new IOException("driver too large: " + file.get());
        }
        byte[] content = Files.readAllBytes(file.get());
        for (String needed : dependencies(content)) {
            collect(needed, into);
        }
        into.put(file.get().getFileName().toString(), content);
    }

    /** The comma separated list behind {@code depends=} in the module's information section. */
    private static String[] dependencies(byte[] module) {
        String text = new String(module, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("\0depends=");
        if (at < 0) {
            return new String[0];
        }
        int start = at + "\0depends=".length();
        String list = text.substring(start, text.indexOf('\0', start));
        return list.isEmpty() ? new String[0] : list.split(",");
    }

    /** Hyphen and underscore mean the same in names of modules. */
    private static String normal(String module) {
        return module.replace('-', '_');
    }
}
