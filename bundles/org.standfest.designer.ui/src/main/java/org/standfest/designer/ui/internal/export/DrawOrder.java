package org.standfest.designer.ui.internal.export;

import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was ordered on the command line.
 *
 * @param help whether only the words were asked for
 * @param dark whether in the colours of the dark theme
 * @param format {@code png} or {@code svg}
 * @param scale pixels for each point of the drawing, from {@value #SMALLEST} to {@value #LARGEST}
 * @param folder where the pictures go
 * @param files the topologies, at least one unless help was asked for
 */
record DrawOrder(
        boolean help, boolean dark, String format, double scale, Path folder, List<Path> files) {

    static final double SMALLEST = 0.05;
    static final double LARGEST = 8;

    private static final Catalog TEXTS = Catalog.beside(DrawOrder.class);
    private static final List<String> FORMATS = List.of("png", "svg");

    DrawOrder {
        files = List.copyOf(files);
    }

    /** Reads the words, or says which one cannot be meant. */
    static Outcome<DrawOrder> of(List<String> given) {
        List<Path> files = new ArrayList<>();
        boolean help = false;
        boolean dark = false;
        String format = FORMATS.getFirst();
        String scale = "0.5";
        String folder = ".";
        for (int at = 0; at < given.size(); at++) {
            String word = given.get(at);
            boolean valued = List.of("--to", "--scale", "--format").contains(word);
            if (valued && at + 1 == given.size()) {
                return Outcome.refused(TEXTS.explain("draw.value", word));
            }
            switch (word) {
                case "--help" -> help = true;
                case "--dark" -> dark = true;
                case "--to" -> folder = given.get(++at);
                case "--scale" -> scale = given.get(++at);
                case "--format" -> format = given.get(++at);
                default -> {
                    if (word.startsWith("-")) {
                        return Outcome.refused(TEXTS.explain("draw.word", word));
                    }
                    files.add(Path.of(word));
                }
            }
        }
        return checked(help, dark, format, scale, folder, files);
    }

    private static Outcome<DrawOrder> checked(
            boolean help,
            boolean dark,
            String format,
            String scale,
            String folder,
            List<Path> files) {
        if (!FORMATS.contains(format)) {
            return Outcome.refused(TEXTS.explain("draw.format", format));
        }
        double size = number(scale);
        if (!(size >= SMALLEST && size <= LARGEST)) {
            return Outcome.refused(TEXTS.explain("draw.scale", scale));
        }
        if (files.isEmpty() && !help) {
            return Outcome.refused(TEXTS.explain("draw.nothing"));
        }
        return Outcome.done(new DrawOrder(help, dark, format, size, Path.of(folder), files));
    }

    private static double number(String typed) {
        try {
            return Double.parseDouble(typed);
        } catch (NumberFormatException unreadable) {
            return Double.NaN;
        }
    }

    /** Where the picture of a topology goes: never onto the file itself. */
    Path target(Path file) {
        String name = file.getFileName().toString().replaceAll("\\.topology$", "");
        return folder.resolve(name + "." + format);
    }
}
