package org.standfest.replication.agent;

import org.eclipse.osgi.service.environment.EnvironmentInfo;
import org.eclipse.osgi.service.runnable.ParameterizedRunnable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.standfest.host.HostPrograms;
import org.standfest.replication.snapshots.ScriptFreezer;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.replication.source.SnapshotProvider;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the framework starts in the agent product. */
@Component(property = "eclipse.application=org.standfest.agent")
public final class AgentApplication implements ParameterizedRunnable {

    private static final long LAST_ACTS_SECONDS = 20;

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
        CountDownLatch ended = new CountDownLatch(1);
        AgentCommandLine line =
                new AgentCommandLine(
                        AgentSettings.standard().in(ZoneId.systemDefault()),
                        System.getenv(),
                        Locale.getDefault(Locale.Category.DISPLAY),
                        Clock.systemUTC(),
                        new SecureRandom(),
                        () -> List.copyOf(providers),
                        () -> List.copyOf(targets),
                        notes -> new ScriptFreezer(notes, new HostPrograms(), Clock.systemUTC()),
                        act ->
                                Runtime.getRuntime()
                                        .addShutdownHook(
                                                new Thread(() -> end(act, ended), "agent-end")));
        try {
            int code = line.run(List.of(environment.getNonFrameworkArgs()), System.out, System.err);
            environment.setProperty("eclipse.exitcode", Integer.toString(code));
            return code;
        } finally {
            ended.countDown();
        }
    }

    /**
     * Waits for the verb, not for the main thread: that one waits for the process to end by then.
     */
    private static void end(Runnable act, CountDownLatch ended) {
        act.run();
        try {
            ended.await(LAST_ACTS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
