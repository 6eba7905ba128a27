package org.standfest.designer.ui.internal.bench;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Shell;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.drawing.TopologyScene;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.SceneIndex;
import org.standfest.drawing.ui.SvgPainter;
import org.standfest.drawing.ui.Viewport;
import org.standfest.drawing.ui.canvas.DrawingCanvas;
import org.standfest.topology.files.TopologyFiles;
import org.standfest.workbench.ui.look.Shades;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Opens large topologies in a window of 1600 by 1000 points and measures each picture until the X
 * server has drawn it, the wait for the frame clock included: an answer of the server to a later
 * question says that it has. User interface thread only; takes a minute.
 */
final class CanvasBench {

    private static final int WARM_UP = 30;
    private static final int FRAMES = 120;

    private final Display display;
    private final Path folder;
    private final Consumer<BenchRow> rows;
    private final XServer server;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /**
     * @param folder where topologies are put to be opened
     * @param screen the display's name, for example ":99"
     * @param rows told each result as it comes
     */
    CanvasBench(Display display, Path folder, String screen, Consumer<BenchRow> rows) {
        this.display = display;
        this.folder = folder;
        this.rows = rows;
        this.server = new XServer(screen);
    }

    /** Measures one size; leaves what it needed in memory until it returns. */
    void run(int nodes) throws IOException {
        Path file = folder.resolve(nodes + TopologyFiles.FILE_ENDING);
        new TopologyFiles().write(LargeTopology.of(nodes), file).orThrow();
        Shell shell = new Shell(display, SWT.NO_TRIM);
        shell.setLayout(new FillLayout());
        shell.setBounds(0, 0, 1600, 1000);
        shell.open();
        try {
            open(nodes, file, shell);
            measure(nodes, "edit", 20, 5, new Edits(last, canvas)::edit);
            findings(nodes);
            drawn(nodes);
            measure(nodes, "svg", 12, 4, _ -> svg());
            memory(nodes);
        } finally {
            shell.dispose();
            Files.delete(file);
        }
    }

    private TopologyDocument last;
    private DrawingCanvas canvas;

    private void open(int nodes, Path file, Shell shell) {
        measure(
                nodes,
                "open",
                5,
                3,
                _ -> {
                    if (canvas != null && !canvas.isDisposed()) {
                        canvas.dispose();
                    }
                    last = TopologyDocument.open(file, Locale.ENGLISH).orThrow();
                    canvas = new DrawingCanvas(shell);
                    shell.layout();
                    canvas.show(scene(last));
                    settle();
                });
    }

    /** From one edit until its findings are told and drawn, as in the editor. */
    private void findings(int nodes) {
        try (Findings findings = new Findings(last, canvas)) {
            measure(nodes, "findings", 20, 5, findings::edit);
        }
    }

    static org.standfest.drawing.ui.Scene scene(TopologyDocument document) {
        return new TopologyScene(
                        document.topology(),
                        document.words(),
                        Locale.ENGLISH,
                        document.report().findings())
                .scene();
    }

    /** What is done to the picture, far away, at half the distance and near. */
    private void drawn(int nodes) {
        canvas.fit();
        Viewport whole = canvas.viewport();
        pan(nodes, "pan-whole", whole);
        Box bounds = canvas.index().bounds();
        Viewport middle = new Viewport(.4, bounds.centre().x(), bounds.y());
        pan(nodes, "pan-middle", middle);
        pan(nodes, "pan-near", new Viewport(1, middle.left(), middle.top()));
        canvas.view(whole);
        double far = Math.log(whole.scale());
        double near = Math.log(1.5);
        measure(
                nodes,
                "zoom",
                FRAMES,
                WARM_UP,
                i -> {
                    double wave = .5 - .5 * Math.cos(i * Math.PI / 30);
                    double scale = Math.exp(far + (near - far) * wave);
                    canvas.zoom(scale / canvas.viewport().scale());
                    settle();
                });
        sharp(nodes);
        drag(nodes);
    }

    /** The whole picture anew, as after the last step of zooming, where it costs most. */
    private void sharp(int nodes) {
        canvas.view(new Viewport(.5, canvas.viewport().left(), canvas.viewport().top()));
        measure(
                nodes,
                "sharp",
                40,
                10,
                i -> {
                    canvas.mark(Map.of("", String.valueOf(i)));
                    settle();
                });
    }

    private void pan(int nodes, String name, Viewport from) {
        canvas.view(from);
        settle();
        measure(
                nodes,
                name,
                FRAMES,
                WARM_UP,
                i -> {
                    int way = i / 40 % 2 == 0 ? -1 : 1;
                    canvas.view(canvas.viewport().panned(way * 17, way * 9));
                    settle();
                });
    }

    private void drag(int nodes) {
        canvas.edit(Edits.editing(last, canvas));
        Figure guest = firstChip(canvas.index());
        Box box = guest.box();
        canvas.view(new Viewport(.8, box.x() - 300, box.y() - 300));
        settle();
        int x = (int) (308 * .8);
        int y = (int) (306 * .8);
        pointer(SWT.MouseDown, x, y);
        measure(
                nodes,
                "drag",
                FRAMES,
                WARM_UP,
                i -> {
                    pointer(SWT.MouseMove, x + i * 8 % 900, y + i * 5 % 500);
                    settle();
                });
        pointer(SWT.MouseMove, x, y);
        pointer(SWT.MouseUp, x, y);
    }

    private static Figure firstChip(SceneIndex index) {
        return index.reading().stream()
                .filter(each -> each.form() == Figure.Form.CHIP)
                .findFirst()
                .orElseThrow();
    }

    private void pointer(int type, int x, int y) {
        Event event = new Event();
        event.x = x;
        event.y = y;
        event.button = type == SWT.MouseMove ? 0 : 1;
        canvas.notifyListeners(type, event);
    }

    private int svg() {
        return SvgPainter.document(canvas.scene(), Shades.LIGHT, last.title()).length();
    }

    private void memory(int nodes) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        double used = (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
        rows.accept(new BenchRow(nodes, "heap-mib", used, used, 0, 0));
    }

    /** Lets the frame clock paint what is due and waits until the X server has done it. */
    private void settle() {
        settle(canvas);
    }

    static void settle(DrawingCanvas canvas) {
        boolean[] painted = new boolean[1];
        Listener seen = _ -> painted[0] = true;
        canvas.addListener(SWT.Paint, seen);
        canvas.redraw();
        Display display = canvas.getDisplay();
        while (!painted[0]) {
            if (!display.readAndDispatch()) {
                display.sleep();
            }
        }
        canvas.removeListener(SWT.Paint, seen);
        display.getCursorLocation();
    }

    private void measure(int nodes, String action, int runs, int warmUp, IntConsumer work) {
        for (int i = 0; i < warmUp; i++) {
            work.accept(i);
        }
        readAll();
        double[] wall = new double[runs];
        double ui = 0;
        double x = server.cpuMillis();
        for (int i = 0; i < runs; i++) {
            long cpu = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            work.accept(warmUp + i);
            wall[i] = (System.nanoTime() - start) / 1e6;
            ui += (threads.getCurrentThreadCpuTime() - cpu) / 1e6;
            readAll();
        }
        double perRun = x < 0 ? -1 : (server.cpuMillis() - x) / runs;
        Arrays.sort(wall);
        int last = (int) Math.ceil(.99 * runs) - 1;
        rows.accept(new BenchRow(nodes, action, wall[runs / 2], wall[last], ui / runs, perRun));
    }

    private void readAll() {
        while (display.readAndDispatch()) {
            // What the window system has to tell is not part of what is measured.
        }
    }

    /** Names of the sizes that are measured when nobody says which. */
    static List<Integer> sizes() {
        return new ArrayList<>(List.of(2_000, 10_000, 50_000));
    }
}
