package org.standfest.designer.ui.internal.export;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.swt.widgets.Display;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.drawing.SiteRows;
import org.standfest.designer.ui.internal.drawing.TopologyScene;
import org.standfest.designer.ui.internal.layout.AutomaticLayout;
import org.standfest.drawing.ui.canvas.PngPicture;
import org.standfest.workbench.ui.look.Shades;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws topologies as pictures after automatic layout: {@code --to FOLDER FILE...}; {@code --dark}
 * for the dark theme, {@code --scale S} for another size than 0.5. Needs a display.
 */
public final class DrawApplication implements IApplication {

    private static final double SCALE = 0.5;

    @Override
    public Object start(IApplicationContext context) throws Exception {
        Object given = context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        List<String> words = new ArrayList<>(List.of((String[]) given));
        Shades shades = words.remove("--dark") ? Shades.DARK : Shades.LIGHT;
        Path folder = Path.of(option(words, "--to", "."));
        double scale = Double.parseDouble(option(words, "--scale", String.valueOf(SCALE)));
        Display display = new Display();
        try {
            for (String word : words) {
                Path file = Path.of(word);
                Files.write(folder.resolve(name(file)), drawn(file, display, shades, scale));
            }
        } finally {
            display.dispose();
        }
        return EXIT_OK;
    }

    /** What its picture is called: never as the file itself. */
    static String name(Path file) {
        return file.getFileName().toString().replaceAll("\\.topology$", "") + ".png";
    }

    private static byte[] drawn(Path file, Display display, Shades shades, double scale) {
        Locale locale = Locale.getDefault();
        TopologyDocument document = TopologyDocument.open(file, locale).orThrow();
        SiteRows rows = new AutomaticLayout(document.topology(), document.words(), locale).rows();
        return new PngPicture(display, shades)
                .of(
                        new TopologyScene(document.topology(), document.words(), locale, List.of())
                                .scene(rows),
                        scale);
    }

    private static String option(List<String> words, String name, String otherwise) {
        int at = words.indexOf(name);
        if (at < 0 || at + 1 >= words.size()) {
            return otherwise;
        }
        words.remove(at);
        return words.remove(at);
    }

    @Override
    public void stop() {
        // It ends by itself.
    }
}
