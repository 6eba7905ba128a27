package org.standfest.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares two file trees by what a user sees: names, kinds, contents, owners, modes, times, links.
 */
final class TreeComparison {

    private static final String ATTRIBUTES = "unix:mode,uid,gid,lastModifiedTime,nlink";

    private TreeComparison() {}

    /** What differs, one line each; empty when the trees are the same. */
    static List<String> differences(Path expected, Path actual) throws IOException {
        List<String> differences = new ArrayList<>();
        SortedSet<Path> names = names(expected);
        SortedSet<Path> others = names(actual);
        for (Path name : names) {
            if (others.remove(name)) {
                compare(name, expected.resolve(name), actual.resolve(name), differences);
            } else {
                differences.add(name + ": missing");
            }
        }
        others.forEach(name -> differences.add(name + ": too much"));
        return differences;
    }

    private static SortedSet<Path> names(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            SortedSet<Path> names = new TreeSet<>();
            all.filter(path -> !path.equals(root)).map(root::relativize).forEach(names::add);
            return names;
        }
    }

    private static void compare(Path name, Path one, Path other, List<String> differences)
            throws IOException {
        Map<String, Object> left = read(one);
        Map<String, Object> right = read(other);
        if (!left.equals(right)) {
            differences.add(name + ": " + left + " / " + right);
        }
        if (Files.isSymbolicLink(one)) {
            if (!Files.readSymbolicLink(one).equals(Files.readSymbolicLink(other))) {
                differences.add(name + ": link target");
            }
        } else if (Files.isRegularFile(one) && Files.mismatch(one, other) >= 0) {
            differences.add(name + ": content");
        }
    }

    private static Map<String, Object> read(Path path) throws IOException {
        Map<String, Object> all =
                new java.util.TreeMap<>(
                        Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
        boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (directory) {
            // The number of a directory's links is the file system's own business.
            all.remove("nlink");
        }
        all.computeIfPresent(
                "lastModifiedTime", (_, time) -> ((FileTime) time).toInstant().toString());
        return all;
    }
}
