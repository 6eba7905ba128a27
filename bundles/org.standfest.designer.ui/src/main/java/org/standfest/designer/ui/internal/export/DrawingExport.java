package org.standfest.designer.ui.internal.export;

import org.eclipse.swt.SWT;
import org.eclipse.swt.printing.PrintDialog;
import org.eclipse.swt.printing.Printer;
import org.eclipse.swt.printing.PrinterData;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.standfest.documents.Document;
import org.standfest.documents.PdfWriter;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.SvgPainter;
import org.standfest.drawing.ui.canvas.PngPicture;
import org.standfest.drawing.ui.canvas.Printout;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.look.Shades;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a drawing as PNG, SVG or PDF, by the ending of the file's name, in the colours of paper;
 * or prints it. User interface thread only.
 */
public final class DrawingExport {

    private static final Catalog TEXTS = Catalog.beside(DrawingExport.class);
    private static final double PNG_SCALE = 2;
    private static final List<String> ENDINGS = List.of(".png", ".svg", ".pdf");

    private final Display display;
    private final Locale locale;
    private final InstantSource clock;

    /**
     * @param clock for the date in a PDF file
     */
    public DrawingExport(Display display, Locale locale, InstantSource clock) {
        this.display = display;
        this.locale = locale;
        this.clock = clock;
    }

    /** Asks where to; empty if the person thought better of it. */
    public Optional<Path> ask(Shell shell, String title) {
        FileDialog dialog = new FileDialog(shell, SWT.SAVE);
        dialog.setText(TEXTS.text(locale, "export.title"));
        dialog.setFilterExtensions(ENDINGS.stream().map(each -> "*" + each).toArray(String[]::new));
        dialog.setFilterNames(
                ENDINGS.stream()
                        .map(each -> TEXTS.text(locale, "export." + each.substring(1)))
                        .toArray(String[]::new));
        dialog.setFileName(title + ENDINGS.getFirst());
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
    static Path named(String chosen, int filter) {
        String lower = chosen.toLowerCase(Locale.ROOT);
        boolean ends = ENDINGS.stream().anyMatch(lower::endsWith);
        return Path.of(ends ? chosen : chosen + ENDINGS.get(Math.max(0, filter)));
    }

    /** Writes; what was there before stays until everything is written. */
    public Outcome<Path> write(Scene scene, String title, Path file) {
        if (scene.figures().isEmpty()) {
            return Outcome.refused(TEXTS.explain("export.empty", title));
        }
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(beside, bytes(scene, title, file.toString().toLowerCase(Locale.ROOT)));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            return Outcome.done(file);
        } catch (IOException fault) {
            beside.toFile().delete();
            return Outcome.failed(TEXTS.explain("export.failed", file.getFileName()), fault);
        }
    }

    private byte[] bytes(Scene scene, String title, String name) throws IOException {
        if (name.endsWith(".svg")) {
            return SvgPainter.document(scene, Shades.LIGHT, title).getBytes(StandardCharsets.UTF_8);
        }
        byte[] png = new PngPicture(display, Shades.LIGHT).of(scene, PNG_SCALE);
        if (!name.endsWith(".pdf")) {
            return png;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Document sheet =
                new Document.Builder(title, TEXTS.text(locale, "export.subtitle"), locale)
                        .add(new Document.Picture(png, title))
                        .build();
        PdfWriter.write(sheet, clock.instant(), out);
        return out.toByteArray();
    }

    /** Asks for a printer and prints onto one sheet, as large as fits. */
    public void print(Shell shell, Scene scene, String title) {
        PrintDialog dialog = new PrintDialog(shell);
        PrinterData chosen = dialog.open();
        if (chosen == null || scene.figures().isEmpty()) {
            return;
        }
        Printer printer = new Printer(chosen);
        try {
            if (printer.startJob(title)) {
                if (printer.startPage()) {
                    new Printout(display).onto(printer, scene);
                    printer.endPage();
                }
                printer.endJob();
            }
        } finally {
            printer.dispose();
        }
    }
}
