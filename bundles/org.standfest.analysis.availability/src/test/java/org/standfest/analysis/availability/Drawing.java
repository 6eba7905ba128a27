package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.Watcher;
import org.standfest.results.Outcome;
import org.standfest.topology.Component;
import org.standfest.topology.Confidence;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Element;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Draws small topologies for tests. */
final class Drawing {

    static final TopologyFactory MAKE = TopologyFactory.eINSTANCE;

    final Topology topology = MAKE.createTopology();
    private int ids;

    <T extends Element> T named(T element, String name) {
        element.setId(new UUID(9, ++ids).toString());
        element.setName(name);
        return element;
    }

    <T extends Element> T named(T element) {
        return named(element, element.eClass().getName() + (ids + 1));
    }

    FailureData figures(double mtbf, double mttr) {
        FailureData data = named(MAKE.createFailureData());
        data.setMtbfHours(mtbf);
        data.setMttrHours(mttr);
        topology.getFailureData().add(data);
        return data;
    }

    FailureData perfect() {
        return figures(1e80, 1e-9);
    }

    /** A site that never fails. */
    Site site(String name) {
        Site site = named(MAKE.createSite(), name);
        site.setFailureData(perfect());
        topology.getSites().add(site);
        return site;
    }

    Host host(Site site, FailureData data) {
        Host host = named(MAKE.createHost());
        host.setFailureData(data);
        site.getHosts().add(host);
        return host;
    }

    /** A guest that never fails by itself. */
    VirtualMachine guest(Host host) {
        VirtualMachine guest = named(MAKE.createVirtualMachine());
        guest.setHost(host);
        guest.setFailureData(perfect());
        topology.getVirtualMachines().add(guest);
        return guest;
    }

    /** A service that needs some of several. */
    Service needs(int required, Component... targets) {
        Service service = named(MAKE.createService());
        Dependency dependency = named(MAKE.createDependency());
        dependency.setKind(
                required == targets.length ? DependencyKind.ALL_OF : DependencyKind.SOME_OF);
        dependency.setRequiredCount(required);
        dependency.getTargets().addAll(List.of(targets));
        service.getDependencies().add(dependency);
        topology.getServices().add(service);
        return service;
    }

    /** Systems on hosts never crash, nothing is common, standbys always start. */
    static Assumptions plain(int crews) {
        ComponentDefaults defaults = ComponentDefaults.delivered();
        for (String kind : List.of("hypervisor", "operating-system", "standby.dormant")) {
            defaults = defaults.with(never(kind));
        }
        return new Assumptions(defaults, 0, 1, 1e-60, 12, crews);
    }

    static ComponentDefault never(String kind) {
        return new ComponentDefault(kind, kind, kind, 1e80, 1e-9, Confidence.ASSUMED, "");
    }

    AnalysisResult analysed(AnalysisRequest request) {
        return run(request).orThrow();
    }

    Outcome<AnalysisResult> run(AnalysisRequest request) {
        return TopologyAnalysis.run(topology, request, InstantSource.system(), Watcher.patient());
    }

    AnalysisResult analysed(Assumptions assumptions) {
        return analysed(AnalysisRequest.everything().with(assumptions));
    }

    double unavailability(Service service, Assumptions assumptions) {
        return analysed(assumptions)
                .availability()
                .service(service.getId())
                .orElseThrow()
                .unavailability();
    }
}
