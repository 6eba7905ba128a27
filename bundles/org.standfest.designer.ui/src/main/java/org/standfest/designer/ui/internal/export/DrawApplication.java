package org.standfest.designer.ui.internal.export;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.swt.widgets.Display;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.drawing.SiteRows;
import org.standfest.designer.ui.internal.drawing.TopologyScene;
import org.standfest.designer.ui.internal.layout.AutomaticLayout;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.SvgPainter;
import org.standfest.drawing.ui.canvas.PngPicture;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.look.Shades;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws topologies as pictures after automatic layout: see {@link DrawOrder}. Needs a display. */
public final class DrawApplication implements IApplication {

    private static final Catalog TEXTS = Catalog.beside(DrawApplication.class);
    private static final int REFUSED = 1;
    private static final int USAGE = 2;
    private static final int FAILED = 3;

    @Override
    public Object start(IApplicationContext context) {
        Object given = context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        Locale locale = Locale.getDefault();
        return switch (DrawOrder.of(List.of((String[]) given))) {
            case Outcome.Done<DrawOrder>(DrawOrder order) when order.help() -> {
                System.out.println(TEXTS.text(locale, "draw.help"));
                yield EXIT_OK;
            }
            case Outcome.Done<DrawOrder>(DrawOrder order) -> draw(order, locale);
            case Outcome.Refused<DrawOrder>(Explanation why) -> said(why, locale, USAGE);
            case Outcome.Failed<DrawOrder>(Explanation why, Throwable _) ->
                    said(why, locale, FAILED);
        };
    }

    private static Integer draw(DrawOrder order, Locale locale) {
        Display display = new Display();
        try {
            int worst = EXIT_OK;
            for (Path file : order.files()) {
                worst = Math.max(worst, told(drawn(file, order, display, locale), locale));
            }
            return worst;
        } finally {
            display.dispose();
        }
    }

    private static int told(Outcome<Path> drawn, Locale locale) {
        return switch (drawn) {
            case Outcome.Done<Path> _ -> EXIT_OK;
            case Outcome.Refused<Path>(Explanation why) -> said(why, locale, REFUSED);
            case Outcome.Failed<Path>(Explanation why, Throwable _) -> said(why, locale, FAILED);
        };
    }

    private static Outcome<Path> drawn(Path file, DrawOrder order, Display display, Locale locale) {
        return switch (TopologyDocument.open(file, locale)) {
            case Outcome.Done<TopologyDocument>(TopologyDocument document) ->
                    written(document, order.target(file), order, display, locale);
            case Outcome.Refused<TopologyDocument>(Explanation why) -> Outcome.refused(why);
            case Outcome.Failed<TopologyDocument>(Explanation why, Throwable cause) ->
                    Outcome.failed(why, cause);
        };
    }

    private static Outcome<Path> written(
            TopologyDocument document,
            Path target,
            DrawOrder order,
            Display display,
            Locale locale) {
        SiteRows rows = new AutomaticLayout(document.topology(), document.words(), locale).rows();
        Scene scene =
                new TopologyScene(document.topology(), document.words(), locale, List.of())
                        .scene(rows);
        Shades shades = order.dark() ? Shades.DARK : Shades.LIGHT;
        return ExportFile.write(
                target,
                () ->
                        order.format().equals("svg")
                                ? SvgPainter.document(scene, shades, document.title())
                                        .getBytes(StandardCharsets.UTF_8)
                                : new PngPicture(display, shades).of(scene, order.scale()));
    }

    private static int said(Explanation why, Locale locale, int code) {
        System.err.println(why.inFull(locale));
        return code;
    }

    @Override
    public void stop() {
        // It ends by itself.
    }
}
