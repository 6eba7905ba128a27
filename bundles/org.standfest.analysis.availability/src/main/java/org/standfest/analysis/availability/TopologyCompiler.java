package org.standfest.analysis.availability;

import static org.standfest.analysis.availability.Infrastructure.exists;

import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes structure functions of a topology: for each service when it is down where it runs, and for
 * each site with people when it cannot be used from there. Keeps its formula from one call to the
 * next, so that what an edit did not touch gets the same literals again. One thread; recursion is
 * as deep as services depend on each other.
 */
public final class TopologyCompiler {

    private final Formula formula = new Formula();
    private final Units units = new Units(formula);
    private final MultiStates states = new MultiStates(formula, units);
    private final GroupChains chains = new GroupChains();
    private final Catalog catalog = Catalog.beside(TopologyCompiler.class);

    /** How many nodes the formula has by now; edits only ever add. */
    public int size() {
        return formula.size();
    }

    /** Compiles a topology; it is only read. */
    public CompiledTopology compile(Topology topology, Assumptions assumptions) {
        units.use(assumptions.defaults());
        return new Run(topology, assumptions).compile();
    }

    /** One compilation. */
    private final class Run {
        private final Topology topology;
        private final Infrastructure infrastructure;
        private final Protections protections;
        private final List<Finding> findings = new ArrayList<>();
        private final Map<Service, Integer> services = new HashMap<>();
        private final Set<Service> open = new HashSet<>();

        Run(Topology topology, Assumptions assumptions) {
            this.topology = topology;
            People people = People.of(topology, units, chains, assumptions);
            infrastructure =
                    new Infrastructure(
                            topology, formula, units, people, assumptions.stretchedHopsMax());
            DynamicGroups groups =
                    new DynamicGroups(
                            topology, formula, units, infrastructure, people, assumptions);
            protections =
                    new Protections(topology, formula, units, infrastructure, groups, assumptions);
        }

        CompiledTopology compile() {
            findings.addAll(InputChecks.of(topology));
            List<Goal> goals = new ArrayList<>();
            for (Service service : topology.getServices()) {
                int down = service(service);
                goals.add(new Goal(service.getId(), name(service.getName()), "", "", down));
            }
            List<Site> staffed =
                    topology.getSites().stream().filter(it -> it.getStaff() > 0).toList();
            for (Service service : topology.getServices()) {
                if (staffed.isEmpty()) {
                    break;
                }
                Set<Site> homes = new LinkedHashSet<>();
                homes(service, homes, new HashSet<>());
                for (Site site : staffed) {
                    if (!(homes.size() == 1 && homes.contains(site))) {
                        goals.add(seenFrom(service, site, homes));
                    }
                }
            }
            List<Takeover> takeovers = protections.takeovers();
            states.begin(takeovers);
            Set<Goal> atMost = new HashSet<>();
            goals.replaceAll(
                    it -> {
                        Goal apart = it.with(states.apart(it.down()));
                        if (states.isAtMost(apart.down())) {
                            atMost.add(apart);
                        }
                        return apart;
                    });
            return new CompiledTopology(
                    formula,
                    units.all(),
                    units.bases(),
                    units.data(),
                    goals,
                    takeovers,
                    states.found(),
                    atMost,
                    findings);
        }

        private static String name(String stated) {
            return stated == null ? "" : stated;
        }

        /** A service is usable from a site if any site where it can run is reached. */
        private Goal seenFrom(Service service, Site site, Set<Site> homes) {
            int down = services.get(service);
            List<Integer> unreached = new ArrayList<>();
            for (Site home : homes) {
                unreached.add(infrastructure.routes().unreachable(site, home));
            }
            int cut = unreached.isEmpty() ? Formula.FALSE : infrastructure.and(unreached);
            int all = formula.or(down, cut, infrastructure.site(site));
            return new Goal(
                    service.getId(),
                    name(service.getName()),
                    site.getId(),
                    name(site.getName()),
                    all);
        }

        private void homes(Service service, Set<Site> into, Set<Service> seen) {
            if (!seen.add(service)) {
                return;
            }
            for (Dependency dependency : service.getDependencies()) {
                for (Component target : dependency.getTargets()) {
                    if (target instanceof Workload workload && exists(workload)) {
                        Site home = Infrastructure.siteOf(workload);
                        if (exists(home)) {
                            into.add(home);
                        }
                    } else if (target instanceof Service other && exists(other)) {
                        homes(other, into, seen);
                    }
                }
            }
        }

        private int service(Service service) {
            Integer known = services.get(service);
            if (known != null) {
                return known;
            }
            if (!open.add(service)) {
                add(Severity.ERROR, service, "compile.circle");
                return Formula.FALSE;
            }
            List<Integer> reasons = new ArrayList<>();
            if (exists(service.getFailureData())) {
                reasons.add(units.itself(service, "virtual-machine"));
            }
            for (Dependency dependency : service.getDependencies()) {
                reasons.add(unmet(service, dependency));
            }
            if (service.getDependencies().isEmpty()) {
                add(Severity.WARNING, service, "compile.needs-nothing");
            }
            open.remove(service);
            int down = infrastructure.or(reasons);
            services.put(service, down);
            return down;
        }

        private int unmet(Service service, Dependency dependency) {
            List<Integer> down = new ArrayList<>();
            Set<AvailabilityGroup> groups = new LinkedHashSet<>();
            for (Component target : dependency.getTargets()) {
                if (!exists(target)) {
                    add(Severity.WARNING, service, "compile.dangling");
                    continue;
                }
                down.add(
                        target instanceof Service other
                                ? service(other)
                                : protections.component(target));
                if (target instanceof Workload workload) {
                    groups.addAll(protections.groupsOf(workload));
                }
            }
            if (dependency.getKind() == DependencyKind.ALL_OF) {
                return infrastructure.or(down);
            }
            int required = dependency.getRequiredCount();
            if (required > down.size()) {
                add(Severity.ERROR, service, "compile.impossible", required, down.size());
            }
            int[] literals = new int[down.size()];
            for (int i = 0; i < literals.length; i++) {
                literals[i] = down.get(i);
            }
            List<Integer> reasons = new ArrayList<>();
            reasons.add(formula.atLeast(literals.length - required + 1, literals));
            groups.forEach(it -> reasons.add(protections.groupTakeover(it)));
            return infrastructure.or(reasons);
        }

        private void add(Severity severity, Service service, String code, Object... more) {
            Object[] arguments = new Object[more.length + 1];
            arguments[0] = name(service.getName());
            System.arraycopy(more, 0, arguments, 1, more.length);
            findings.add(
                    new Finding(
                            severity,
                            String.valueOf(service.getId()),
                            name(service.getName()),
                            catalog.explain(code, arguments)));
        }
    }
}
