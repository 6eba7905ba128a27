package org.standfest.cli;

import org.eclipse.osgi.service.environment.EnvironmentInfo;
import org.eclipse.osgi.service.runnable.ParameterizedRunnable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.standfest.command.Command;
import org.standfest.command.Console;
import org.standfest.command.ExitCode;
import org.standfest.results.Catalog;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the framework starts in the command-line product. */
@Component(property = "eclipse.application=org.standfest.cli")
public final class CliApplication implements ParameterizedRunnable {

    private static final Catalog TEXTS = Catalog.beside(CliApplication.class);

    private final Collection<Command> commands = new CopyOnWriteArrayList<>();
    private final EnvironmentInfo environment;

    /** Called by the framework. */
    @Activate
    public CliApplication(@Reference EnvironmentInfo environment) {
        this.environment = environment;
    }

    /**
     * A bundle brings a verb. Dynamic, because bundles come in any order while the framework
     * starts.
     */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCommand(Command command) {
        commands.add(command);
    }

    /** A bundle takes its verb with it. */
    void removeCommand(Command command) {
        commands.remove(command);
    }

    @Override
    public Object run(Object context) {
        int code;
        Locale locale = Locale.getDefault(Locale.Category.DISPLAY);
        try {
            CommandLine line =
                    new CommandLine(
                            commands,
                            new Console(System.out),
                            new Console(System.err, terminal()),
                            locale,
                            workFolder());
            code = line.run(List.of(environment.getNonFrameworkArgs()));
        } catch (RuntimeException bug) {
            // The one boundary: a bug ends as three sentences and a code, with the trace for the
            // log.
            System.err.println(TEXTS.explain("cli.bug", bug).inFull(locale));
            bug.printStackTrace(System.err);
            code = ExitCode.FAILED;
        }
        System.out.flush();
        environment.setProperty("eclipse.exitcode", Integer.toString(code));
        return code;
    }

    private static boolean terminal() {
        return System.console() != null && System.console().isTerminal();
    }

    private static Path workFolder() {
        String home = System.getenv("STANDFEST_HOME");
        return home == null || home.isBlank()
                ? Path.of(System.getProperty("user.home"), ".standfest")
                : Path.of(home).toAbsolutePath();
    }
}
