package org.standfest.restore.ui.internal.view;

import org.eclipse.swt.program.Program;
import org.standfest.management.PaperSheet;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Puts an emergency sheet into the person's own folder and shows it with the usual program. */
final class SheetFile {

    private static final Catalog TEXTS = Catalog.beside(SheetFile.class);

    private SheetFile() {}

    /** Where it lies; refused with that place if no program shows it. */
    static Outcome<Path> open(PaperSheet sheet, Path folder) {
        Path file = folder.resolve(Path.of(sheet.fileName()).getFileName().toString());
        try {
            Files.createDirectories(folder);
            Files.write(file, Base64.getDecoder().decode(sheet.pdf()));
        } catch (IOException | IllegalArgumentException fault) {
            return Outcome.failed(
                    TEXTS.explain("restore.sheet-unwritten", file, fault.getMessage()), fault);
        }
        return Program.launch(file.toString())
                ? Outcome.done(file)
                : Outcome.refused(TEXTS.explain("restore.sheet-no-program", file));
    }
}
