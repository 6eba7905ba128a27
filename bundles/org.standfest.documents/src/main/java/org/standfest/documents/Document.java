package org.standfest.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A report: what it says, in order, without how it looks. All texts are in one language already.
 * Immutable, safe to pass between threads.
 *
 * @param title shown on top and in the footer of every page
 * @param subtitle what it is about and when it was made; may be empty
 * @param language of all texts
 * @param blocks in the order of reading
 */
public record Document(String title, String subtitle, Locale language, List<Block> blocks) {

    /** Takes a copy. */
    public Document {
        blocks = List.copyOf(blocks);
    }

    /** A part of a document. */
    public sealed interface Block {}

    /**
     * A heading.
     *
     * @param level 1 for a chapter, 2 below it, 3 below that
     * @param text one line
     */
    public record Heading(int level, String text) implements Block {
        /** Checks the level. */
        public Heading {
            if (level < 1 || level > 3) {
                throw new IllegalArgumentException("heading of level " + level);
            }
        }
    }

    /** Running text. */
    public record Paragraph(String text) implements Block {}

    /** How serious a note is. */
    public enum Tone {
        /** Good to know. */
        PLAIN,
        /** All is well. */
        GOOD,
        /** Look at it. */
        WARNING,
        /** Something is wrong. */
        BAD
    }

    /**
     * Something that must not be overlooked; the tone is said in the label too, never by colour
     * alone.
     *
     * @param tone how serious
     * @param label one or two words
     * @param text sentences
     */
    public record Note(Tone tone, String label, String text) implements Block {}

    /**
     * Names and values.
     *
     * @param pairs in order
     */
    public record Facts(List<Fact> pairs) implements Block {
        /** Takes a copy. */
        public Facts {
            pairs = List.copyOf(pairs);
        }
    }

    /** A name and its value. */
    public record Fact(String name, String value) {}

    /**
     * A table; its first row is the head.
     *
     * @param columns the head
     * @param rows as many cells as there are columns
     */
    public record Table(List<Column> columns, List<List<String>> rows) implements Block {
        /** Checks the rows. */
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException(
                            row.size() + " cells for " + columns.size() + " columns");
                }
            }
        }
    }

    /**
     * A column.
     *
     * @param title its head
     * @param number whether its cells are figures, which stand on the right
     */
    public record Column(String title, boolean number) {}

    /**
     * Steps that are numbered.
     *
     * @param items in order
     */
    public record Steps(List<String> items) implements Block {
        /** Takes a copy. */
        public Steps {
            items = List.copyOf(items);
        }
    }

    /**
     * A picture.
     *
     * @param png its bytes; not copied, must not be changed
     * @param text what it shows, for those who cannot see it
     */
    public record Picture(byte[] png, String text) implements Block {}

    /** A bar for each of several values, for comparing them at a glance. */
    public record Bars(List<Bar> bars) implements Block {
        /** Takes a copy. */
        public Bars {
            bars = List.copyOf(bars);
        }
    }

    /**
     * One bar.
     *
     * @param name what it stands for
     * @param share of the full length, 0 to 1
     * @param value written beside it
     */
    public record Bar(String name, double share, String value) {
        /** Checks the share. */
        public Bar {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share of a bar: " + share);
            }
        }
    }

    /** What follows begins on a new page, on paper. */
    public record PageBreak() implements Block {}

    /** Collects blocks; not for several threads. */
    public static final class Builder {
        private final String title;
        private final String subtitle;
        private final Locale language;
        private final List<Block> blocks = new ArrayList<>();

        /** An empty document. */
        public Builder(String title, String subtitle, Locale language) {
            this.title = title;
            this.subtitle = subtitle;
            this.language = language;
        }

        /** Adds a block. */
        public Builder add(Block block) {
            blocks.add(block);
            return this;
        }

        /** Adds a heading. */
        public Builder heading(int level, String text) {
            return add(new Heading(level, text));
        }

        /** Adds running text. */
        public Builder text(String text) {
            return add(new Paragraph(text));
        }

        /** The document. */
        public Document build() {
            return new Document(title, subtitle, language, blocks);
        }
    }
}
