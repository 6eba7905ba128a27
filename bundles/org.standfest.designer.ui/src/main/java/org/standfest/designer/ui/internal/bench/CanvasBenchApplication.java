package org.standfest.designer.ui.internal.bench;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.swt.widgets.Display;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The bench of the canvas as a program: {@code --json} for one line of JSON, {@code --nodes N,N}
 * for other sizes. Needs a display.
 */
public final class CanvasBenchApplication implements IApplication {

    @Override
    public Object start(IApplicationContext context) throws Exception {
        String[] given =
                (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        List<String> arguments = given == null ? List.of() : List.of(given);
        boolean json = arguments.contains("--json");
        List<BenchRow> rows = new ArrayList<>();
        Display display = new Display();
        Path folder = Files.createTempDirectory("standfest-bench");
        try {
            String screen = Optional.ofNullable(System.getenv("DISPLAY")).orElse("");
            for (int nodes : sizes(arguments)) {
                new CanvasBench(
                                display,
                                folder,
                                screen,
                                row -> {
                                    rows.add(row);
                                    if (!json) {
                                        System.out.println(row.line());
                                    }
                                })
                        .run(nodes);
            }
        } finally {
            display.dispose();
            Files.delete(folder);
        }
        if (json) {
            System.out.println(
                    rows.stream()
                            .map(BenchRow::json)
                            .collect(Collectors.joining(",", "{\"rows\":[", "]}")));
        }
        return EXIT_OK;
    }

    private static List<Integer> sizes(List<String> arguments) {
        int at = arguments.indexOf("--nodes");
        if (at < 0 || at + 1 >= arguments.size()) {
            return CanvasBench.sizes();
        }
        List<Integer> sizes = new ArrayList<>();
        for (String each : arguments.get(at + 1).split(",")) {
            sizes.add(Integer.parseInt(each));
        }
        return sizes;
    }

    @Override
    public void stop() {
        // It ends by itself.
    }
}
