package org.standfest.probe.network;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.results.Explanation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Any plug-in that keeps Nagios's rules. The question is its command line with <code>{host}</code>
 * and <code>{port}</code> where the target is to stand, for example <code>
 * check_http -H {host} -p {port} -u /health</code>. A line without both is not run: it would test
 * the same place whatever the target is, the living primary in place of its isolated copy. Exit
 * code 0 (OK) and 1 (WARNING: it works, but something is beyond a threshold) have seen the service,
 * 2 (CRITICAL) and 3 (UNKNOWN) have not.
 *
 * <p>No shell reads the line, and the program must lie, or be linked, in {@code
 * /etc/standfest/plugins}: whoever may change a system's settings must not be able to start
 * anything that the administrator of this host has not allowed.
 */
@Component
public final class PluginProbe implements Probe {

    private static final String EXAMPLE = "check_http -H {host} -p {port}";
    private static final int OUTPUT_LIMIT_BYTES = 8 * 1024;

    /**
     * Only what the host's own administrator has put or linked here. The folders of distributions
     * hold programs that start any other one (negate, urlize, check_by_ssh).
     */
    private static final List<Path> FOLDERS = List.of(Path.of("/etc/standfest/plugins"));

    private final List<Path> folders;
    private final ProgramRunner programs;

    /** With the folder of the plug-ins that are allowed on this host. */
    @Activate
    public PluginProbe() {
        this(FOLDERS);
    }

    /**
     * With stated folders.
     *
     * @param folders where plug-ins may lie, the preferred one first
     */
    PluginProbe(List<Path> folders) {
        this.folders = List.copyOf(folders);
        this.programs = new HostPrograms(Path.of("/"), OUTPUT_LIMIT_BYTES, StandardCharsets.UTF_8);
    }

    @Override
    public String kind() {
        return "plugin";
    }

    @Override
    public Optional<Explanation> problem(ProbeTarget target) {
        Optional<List<String>> words = PluginLine.words(target);
        if (words.isEmpty()) {
            return Optional.of(Attempt.text("plugin.line", target, 0, target.question(), EXAMPLE));
        }
        String line = target.question();
        if (!line.contains("{host}") || !line.contains("{port}")) {
            return Optional.of(Attempt.text("plugin.elsewhere", target, 0, line, EXAMPLE));
        }
        String name = words.get().getFirst();
        return locate(name).isPresent()
                ? Optional.empty()
                : Optional.of(Attempt.text("plugin.missing", target, 0, name, places()));
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        return Attempt.of(kind(), target, limit, this::run);
    }

    private Verdict run(Attempt attempt) throws IOException, InterruptedException {
        Optional<Explanation> problem = problem(attempt.target());
        if (problem.isPresent()) {
            return attempt.inconclusive(problem.get());
        }
        List<String> words = PluginLine.words(attempt.target()).orElseThrow();
        String name = words.getFirst();
        words.set(0, locate(name).orElseThrow().toString());
        ProgramRunner.Result result = programs.run(words, attempt.left());
        PluginAnswer answer = PluginAnswer.read(result.output());
        String shown = answer.shown();
        return switch (result.exitCode()) {
            case 0 -> attempt.positive("plugin.ok", name, shown);
            case 1 -> attempt.positive("plugin.warning", name, shown);
            case 2 -> attempt.inconclusive("plugin.critical", name, shown);
            case 3 -> attempt.inconclusive("plugin.unknown", name, shown);
            case ProgramRunner.Result.LATE -> attempt.inconclusive("plugin.late", name);
            default -> attempt.inconclusive("plugin.broken", name, result.exitCode(), shown);
        };
    }

    private Optional<Path> locate(String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String places() {
        return String.join(", ", folders.stream().map(Path::toString).toList());
    }
}
