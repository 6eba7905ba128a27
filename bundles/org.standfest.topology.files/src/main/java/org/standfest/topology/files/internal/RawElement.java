package org.standfest.topology.files.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One element of a file before it means anything: what migrations work on. Small, because a file
 * may have half a million of them. Mutable, one thread.
 */
public final class RawElement {

    private final String name;
    private final int line;
    private final int column;

    /** Name, value, name, value, … */
    private String[] attributes;

    private List<RawElement> children = List.of();

    /**
     * @param line of the file, from 1
     * @param column of the file, from 1
     * @param attributes name, value, name, value, …; no name twice
     */
    RawElement(String name, int line, int column, String... attributes) {
        this.name = name;
        this.line = line;
        this.column = column;
        this.attributes = attributes;
    }

    String name() {
        return name;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    int attributeCount() {
        return attributes.length / 2;
    }

    String attributeName(int index) {
        return attributes[2 * index];
    }

    String attributeValue(int index) {
        return attributes[2 * index + 1];
    }

    boolean has(String attribute) {
        return find(attribute) >= 0;
    }

    /** Adds an attribute that is not there yet. */
    void add(String attribute, String value) {
        attributes = Arrays.copyOf(attributes, attributes.length + 2);
        attributes[attributes.length - 2] = attribute;
        attributes[attributes.length - 1] = value;
    }

    /** Takes an attribute away; its value, or {@code null} when there is none. */
    String remove(String attribute) {
        int at = find(attribute);
        if (at < 0) {
            return null;
        }
        String value = attributes[2 * at + 1];
        List<String> rest = new ArrayList<>(Arrays.asList(attributes));
        rest.subList(2 * at, 2 * at + 2).clear();
        attributes = rest.toArray(String[]::new);
        return value;
    }

    private int find(String attribute) {
        for (int i = 0; i < attributeCount(); i++) {
            if (attributeName(i).equals(attribute)) {
                return i;
            }
        }
        return -1;
    }

    List<RawElement> children() {
        return children;
    }

    void add(RawElement child) {
        if (children.isEmpty()) {
            children = new ArrayList<>(4);
        }
        children.add(child);
    }
}
