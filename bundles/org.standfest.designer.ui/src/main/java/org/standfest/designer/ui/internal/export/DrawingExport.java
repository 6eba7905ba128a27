package org.standfest.designer.ui.internal.export;

import org.eclipse.swt.SWTError;
import org.eclipse.swt.printing.PrintDialog;
import org.eclipse.swt.printing.Printer;
import org.eclipse.swt.printing.PrinterData;
import org.eclipse.swt.widgets.Display;
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
import java.nio.file.Path;
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
        return new ExportFile(
                        TEXTS.text(locale, "export.title"),
                        ENDINGS.stream()
                                .map(
                                        it ->
                                                new ExportFile.Kind(
                                                        it,
                                                        TEXTS.text(
                                                                locale,
                                                                "export." + it.substring(1))))
                                .toList())
                .ask(shell, title);
    }

    /** Writes; what was there before stays until everything is written. */
    public Outcome<Path> write(Scene scene, String title, Path file) {
        if (scene.figures().isEmpty()) {
            return Outcome.refused(TEXTS.explain("export.empty", title));
        }
        try {
            return ExportFile.write(
                    file, () -> bytes(scene, title, file.toString().toLowerCase(Locale.ROOT)));
        } catch (SWTError | OutOfMemoryError fault) {
            // The pixels of a picture are the one thing here that may not fit.
            return Outcome.failed(TEXTS.explain("export.memory", file.getFileName()), fault);
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
