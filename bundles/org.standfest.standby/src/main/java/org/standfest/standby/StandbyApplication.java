package org.standfest.standby;

import org.eclipse.osgi.service.environment.EnvironmentInfo;
import org.eclipse.osgi.service.runnable.ParameterizedRunnable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.standfest.adaptation.ImageAdapter;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.probe.Probe;
import org.standfest.recovery.plans.PartnerStep;
import org.standfest.replication.source.SnapshotProvider;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The standby as an application of the headless product; {@link StandbyMain} does the work. What
 * partners put on the whiteboard comes and goes at any time.
 */
@Component(
        service = ParameterizedRunnable.class,
        property = "eclipse.application=org.standfest.standby")
public final class StandbyApplication implements ParameterizedRunnable, Partners {

    private final EnvironmentInfo environment;
    private final List<Hypervisor> hypervisors = new CopyOnWriteArrayList<>();
    private final List<Probe> probes = new CopyOnWriteArrayList<>();
    private final List<SnapshotProvider> providers = new CopyOnWriteArrayList<>();
    private final List<ImageAdapter> adapters = new CopyOnWriteArrayList<>();
    private final List<PartnerStep> steps = new CopyOnWriteArrayList<>();

    /** Called by the component runtime. */
    @Activate
    public StandbyApplication(@Reference EnvironmentInfo environment) {
        this.environment = environment;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addHypervisor(Hypervisor hypervisor) {
        hypervisors.add(hypervisor);
    }

    void removeHypervisor(Hypervisor hypervisor) {
        hypervisors.remove(hypervisor);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProbe(Probe probe) {
        probes.add(probe);
    }

    void removeProbe(Probe probe) {
        probes.remove(probe);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProvider(SnapshotProvider provider) {
        providers.add(provider);
    }

    void removeProvider(SnapshotProvider provider) {
        providers.remove(provider);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addStep(PartnerStep step) {
        steps.add(step);
    }

    void removeStep(PartnerStep step) {
        steps.remove(step);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addAdapter(ImageAdapter adapter) {
        adapters.add(adapter);
    }

    void removeAdapter(ImageAdapter adapter) {
        adapters.remove(adapter);
    }

    @Override
    public Object run(Object context) {
        StandbyMain main =
                new StandbyMain(
                        this,
                        Locale.getDefault(),
                        System::getenv,
                        stop -> Runtime.getRuntime().addShutdownHook(new Thread(stop)));
        int exitCode = main.run(List.of(environment.getNonFrameworkArgs()), System.out, System.err);
        environment.setProperty("eclipse.exitcode", Integer.toString(exitCode));
        return exitCode;
    }

    @Override
    public List<Hypervisor> hypervisors() {
        return new ArrayList<>(hypervisors);
    }

    @Override
    public List<PartnerStep> steps() {
        return List.copyOf(steps);
    }

    @Override
    public List<Probe> probes() {
        return new ArrayList<>(probes);
    }

    @Override
    public List<SnapshotProvider> snapshotProviders() {
        return new ArrayList<>(providers);
    }

    @Override
    public List<ImageAdapter> adapters() {
        return new ArrayList<>(adapters);
    }
}
