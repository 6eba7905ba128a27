package org.standfest.designer.ui.internal.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the processor time of the X server that draws for us, from Linux's process table. */
final class XServer {

    private static final Set<String> NAMES = Set.of("Xvfb", "Xorg", "X", "Xwayland", "Xephyr");
    private static final double TICK_MILLIS = 10;

    private final Optional<Path> stat;

    /**
     * @param display for example ":99"
     */
    XServer(String display) {
        stat = find(display.replaceAll("\\.[0-9]+$", ""));
    }

    private static Optional<Path> find(String display) {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            List<Path> servers = all.filter(XServer::isServer).toList();
            return servers.stream()
                    .filter(each -> arguments(each).contains(display))
                    .findFirst()
                    .or(() -> servers.size() == 1 ? servers.stream().findFirst() : Optional.empty())
                    .map(each -> each.resolve("stat"));
        } catch (IOException noProcessTable) {
            return Optional.empty();
        }
    }

    private static boolean isServer(Path process) {
        try {
            return process.getFileName().toString().chars().allMatch(Character::isDigit)
                    && NAMES.contains(Files.readString(process.resolve("comm")).strip());
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<String> arguments(Path process) {
        try {
            byte[] line = Files.readAllBytes(process.resolve("cmdline"));
            return List.of(new String(line, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException gone) {
            return List.of();
        }
    }

    /** Processor time so far in milliseconds, exact to ten; negative where it is not known. */
    double cpuMillis() {
        if (stat.isEmpty()) {
            return -1;
        }
        try {
            String line = Files.readString(stat.get());
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS;
        } catch (IOException gone) {
            return -1;
        }
    }
}
