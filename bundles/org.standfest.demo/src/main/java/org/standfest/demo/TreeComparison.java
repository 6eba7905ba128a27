package org.standfest.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares two file trees by what a user sees: names, kinds, contents, owners, modes, times, links.
 */
final class TreeComparison {

    private static final String ATTRIBUTES = "unix:mode,uid,gid,lastModifiedTime,ino";

    private final List<String> differences = new ArrayList<>();
    private final Map<Object, Path> leftNames = new HashMap<>();
    private final Map<Object, Path> rightNames = new HashMap<>();

    private TreeComparison() {}

    /** What differs, one line each; empty when the trees are the same. */
    static List<String> differences(Path expected, Path actual) throws IOException {
        TreeComparison comparison = new TreeComparison();
        comparison.compareAll(expected, actual);
        return comparison.differences;
    }

    private void compareAll(Path expected, Path actual) throws IOException {
        SortedSet<Path> names = names(expected);
        SortedSet<Path> others = names(actual);
        for (Path name : names) {
            if (others.remove(name)) {
                compare(name, expected.resolve(name), actual.resolve(name));
            } else {
                differences.add(name + ": missing");
            }
        }
        others.forEach(name -> differences.add(name + ": too much"));
    }

    private static SortedSet<Path> names(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            SortedSet<Path> names = new TreeSet<>();
            all.filter(path -> !path.equals(root)).map(root::relativize).forEach(names::add);
            return names;
        }
    }

    private void compare(Path name, Path one, Path other) throws IOException {
        Map<String, Object> left = read(one, leftNames, name);
        Map<String, Object> right = read(other, rightNames, name);
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

    private Map<String, Object> read(Path path, Map<Object, Path> firstNames, Path name)
            throws IOException {
        Map<String, Object> all =
                new TreeMap<>(Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
        // Which names are one file must be the same on both sides; the inode's number need not.
        Path first = firstNames.putIfAbsent(all.remove("ino"), name);
        all.put("sameFileAs", first == null ? "" : first.toString());
        all.computeIfPresent(
                "lastModifiedTime", (_, time) -> ((FileTime) time).toInstant().toString());
        return all;
    }
}
