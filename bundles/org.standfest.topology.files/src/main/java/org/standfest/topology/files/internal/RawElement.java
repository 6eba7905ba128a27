package org.standfest.topology.files.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One element of a file before it means anything: what migrations work on. Mutable, one thread. */
public final class RawElement {

    private String name;
    private final int line;
    private final int column;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<RawElement> children = new ArrayList<>(0);

    /**
     * @param line of the file, from 1
     * @param column of the file, from 1
     */
    RawElement(String name, int line, int column) {
        this.name = name;
        this.line = line;
        this.column = column;
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    List<RawElement> children() {
        return children;
    }
}
