package org.standfest.replication.agent;

import org.eclipse.osgi.service.environment.EnvironmentInfo;
import org.eclipse.osgi.service.runnable.ParameterizedRunnable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.replication.source.SnapshotProvider;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the framework starts in the agent product. */
@Component(property = "eclipse.application=org.standfest.agent")
public final class AgentApplication implements ParameterizedRunnable {

    private static final long LAST_ACTS_MILLIS = 20_000;

    private final List<SnapshotProvider> providers = new CopyOnWriteArrayList<>();
    private final List<ReturnTarget> targets = new CopyOnWriteArrayList<>();
    private final EnvironmentInfo environment;

    /** Called by the framework. */
    @Activate
    public AgentApplication(@Reference EnvironmentInfo environment) {
        this.environment = environment;
    }

    /** A bundle brings a provider; dynamic, because bundles come in any order. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProvider(SnapshotProvider provider) {
        providers.add(provider);
    }

    /** A bundle takes its provider with it. */
    void removeProvider(SnapshotProvider provider) {
        providers.remove(provider);
    }

    /** A bundle brings a landing place. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTarget(ReturnTarget target) {
        targets.add(target);
    }

    /** A bundle takes its landing place with it. */
    void removeTarget(ReturnTarget target) {
        targets.remove(target);
    }

    @Override
    public Object run(Object context) {
        Thread main = Thread.currentThread();
        AgentCommandLine line =
                new AgentCommandLine(
                        AgentSettings.standard(),
                        System.getenv(),
                        Locale.getDefault(Locale.Category.DISPLAY),
                        Clock.systemUTC(),
                        new SecureRandom(),
                        () -> List.copyOf(providers),
                        () -> List.copyOf(targets),
                        act ->
                                Runtime.getRuntime()
                                        .addShutdownHook(
                                                new Thread(() -> end(act, main), "agent-end")));
        int code = line.run(List.of(environment.getNonFrameworkArgs()), System.out, System.err);
        environment.setProperty("eclipse.exitcode", Integer.toString(code));
        return code;
    }

    private static void end(Runnable act, Thread main) {
        act.run();
        try {
            main.join(LAST_ACTS_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
