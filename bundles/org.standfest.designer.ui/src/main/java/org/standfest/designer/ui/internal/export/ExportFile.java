package org.standfest.designer.ui.internal.export;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file that a person names and the program writes whole. Asking is for the user interface thread.
 *
 * @param title of the question
 * @param kinds that are offered, the preset first
 */
public record ExportFile(String title, List<Kind> kinds) {

    private static final Catalog TEXTS = Catalog.beside(ExportFile.class);

    /**
     * A kind of file.
     *
     * @param ending with its dot, in lower case
     * @param name what people call it
     */
    public record Kind(String ending, String name) {}

    /** What is written. */
    public interface Content {
        /** The bytes of the file. */
        byte[] bytes() throws IOException;
    }

    /** Copies. */
    public ExportFile {
        kinds = List.copyOf(kinds);
    }

    /**
     * Asks where to; empty if the person thought better of it. What is there already is asked
     * about.
     */
    public Optional<Path> ask(Shell shell, String suggestion) {
        FileDialog dialog = new FileDialog(shell, SWT.SAVE);
        dialog.setText(title);
        dialog.setFilterExtensions(
                kinds.stream().map(each -> "*" + each.ending()).toArray(String[]::new));
        dialog.setFilterNames(kinds.stream().map(Kind::name).toArray(String[]::new));
        dialog.setFileName(suggestion.replaceAll("[/\\\\:]", "-") + kinds.getFirst().ending());
        dialog.setOverwrite(true);
        Optional<String> typed = Optional.ofNullable(dialog.open());
        Optional<Path> file = typed.map(it -> named(it, dialog.getFilterIndex()));
        // The dialog asked about the name as it was typed: for another file it has to ask again.
        while (typed.isPresent() && unasked(typed.get(), file.orElseThrow())) {
            dialog.setFileName(file.orElseThrow().getFileName().toString());
            typed = Optional.ofNullable(dialog.open());
            file = typed.map(it -> named(it, dialog.getFilterIndex()));
        }
        return file;
    }

    /** Whether a file would be replaced that is not the one that was typed. */
    static boolean unasked(String typed, Path file) {
        return !file.equals(Path.of(typed)) && Files.exists(file);
    }

    /** With the ending that was chosen below, where none was typed. */
    Path named(String chosen, int filter) {
        String lower = chosen.toLowerCase(Locale.ROOT);
        boolean ends = kinds.stream().anyMatch(it -> lower.endsWith(it.ending()));
        return Path.of(ends ? chosen : chosen + kinds.get(Math.max(0, filter)).ending());
    }

    /** Writes; what was there before stays until everything is written. */
    public static Outcome<Path> write(Path file, Content content) {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(beside, content.bytes());
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            return Outcome.done(file);
        } catch (IOException fault) {
            beside.toFile().delete();
            return Outcome.failed(TEXTS.explain("export.failed", file.getFileName()), fault);
        }
    }
}
