package org.standfest.replication.simulation.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;

/** A path of a simulated file system. */
final class SimPath implements Path {

    private final SimFileSystem system;
    private final boolean absolute;
    private final List<String> names;

    SimPath(SimFileSystem system, boolean absolute, List<String> names) {
        this.system = system;
        this.absolute = absolute;
        this.names = List.copyOf(names);
    }

    static SimPath of(SimFileSystem system, String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split("/")) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return new SimPath(system, text.startsWith("/"), names);
    }

    private SimPath mine(Path other) {
        if (other instanceof SimPath path && path.system == system) {
            return path;
        }
        throw new ProviderMismatchException();
    }

    private SimPath with(List<String> other) {
        return new SimPath(system, absolute, other);
    }

    @Override
    public FileSystem getFileSystem() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public Path getRoot() {
        return absolute ? new SimPath(system, true, List.of()) : null;
    }

    @Override
    public Path getFileName() {
        return names.isEmpty() ? null : new SimPath(system, false, List.of(names.getLast()));
    }

    @Override
    public Path getParent() {
        int count = names.size();
        return count == 0 || count == 1 && !absolute ? null : with(names.subList(0, count - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public Path subpath(int begin, int end) {
        return new SimPath(system, false, names.subList(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof SimPath that
                && that.absolute == absolute
                && that.names.size() <= names.size()
                && names.subList(0, that.names.size()).equals(that.names);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof SimPath that
                && !that.absolute
                && that.names.size() <= names.size()
                && names.subList(names.size() - that.names.size(), names.size()).equals(that.names);
    }

    @Override
    public Path normalize() {
        List<String> kept = new ArrayList<>();
        for (String name : names) {
            if (name.equals("..") && !kept.isEmpty()) {
                kept.removeLast();
            } else if (!name.equals(".")) {
                kept.add(name);
            }
        }
        return with(kept);
    }

    @Override
    public Path resolve(Path other) {
        SimPath that = mine(other);
        if (that.absolute) {
            return that;
        }
        List<String> joined = new ArrayList<>(names);
        joined.addAll(that.names);
        return with(joined);
    }

    @Override
    public Path relativize(Path other) {
        SimPath that = mine(other);
        if (!that.startsWith(this)) {
            throw new IllegalArgumentException(other + " is not below " + this);
        }
        return new SimPath(system, false, that.names.subList(names.size(), that.names.size()));
    }

    @Override
    public URI toUri() {
        return URI.create("simulated:" + this);
    }

    @Override
    public Path toAbsolutePath() {
        return new SimPath(system, true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(
            WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(mine(other).toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SimPath that
                && that.system == system
                && that.absolute == absolute
                && that.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return (absolute ? "/" : "") + String.join("/", names);
    }
}
