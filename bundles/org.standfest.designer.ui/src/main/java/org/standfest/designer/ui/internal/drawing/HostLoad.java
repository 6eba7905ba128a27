package org.standfest.designer.ui.internal.drawing;

import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.LoadDay;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.Protection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much of a host is used, and how much after the worst single failure of a host that it stands
 * in for. Shares: 1 is all of it.
 *
 * @param cpu use of the cores in the busiest hour; empty where no load is stated
 * @param cpuAfterFailure the same after the failure; empty where nothing comes over
 * @param memory use of the memory
 * @param memoryAfterFailure the same after the failure; empty where nothing comes over
 */
public record HostLoad(
        OptionalDouble cpu,
        OptionalDouble cpuAfterFailure,
        OptionalDouble memory,
        OptionalDouble memoryAfterFailure) {

    private static final int HOURS = 24 * 7;

    /** The load of a host of a topology. */
    public static HostLoad of(Topology topology, Host host) {
        double[] own = hourly(host);
        double ownMemory = memoryMiB(host);
        double worstMemory = -1;
        double worstCpu = -1;
        for (Incoming incoming : incoming(topology, host)) {
            worstMemory = Math.max(worstMemory, memoryMiB(incoming.from) * incoming.share);
            double[] theirs = hourly(incoming.from);
            double peak = 0;
            for (int hour = 0; hour < HOURS; hour++) {
                peak = Math.max(peak, own[hour] + theirs[hour] * incoming.share);
            }
            worstCpu = Math.max(worstCpu, peak);
        }
        double cores = host.getCpuCores();
        double memory = (double) host.getMemoryMiB() - host.getReservedMemoryMiB();
        boolean stated = host.getVirtualMachines().stream().anyMatch(vm -> vm.getLoad() != null);
        return new HostLoad(
                stated && cores > 0 ? OptionalDouble.of(peak(own) / cores) : OptionalDouble.empty(),
                stated && cores > 0 && worstCpu >= 0
                        ? OptionalDouble.of(worstCpu / cores)
                        : OptionalDouble.empty(),
                memory > 0 ? OptionalDouble.of(ownMemory / memory) : OptionalDouble.empty(),
                memory > 0 && worstMemory >= 0
                        ? OptionalDouble.of((ownMemory + worstMemory) / memory)
                        : OptionalDouble.empty());
    }

    private record Incoming(Host from, double share) {}

    private static List<Incoming> incoming(Topology topology, Host host) {
        List<Incoming> incoming = new ArrayList<>();
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof MirrorPair pair) {
                if (pair.getFirstHost() == host && pair.getSecondHost() != null) {
                    incoming.add(new Incoming(pair.getSecondHost(), 1));
                } else if (pair.getSecondHost() == host && pair.getFirstHost() != null) {
                    incoming.add(new Incoming(pair.getFirstHost(), 1));
                }
            } else if (protection instanceof FailoverCluster cluster
                    && cluster.getHosts().contains(host)) {
                int others = cluster.getHosts().size() - 1;
                cluster.getHosts().stream()
                        .filter(other -> other != host)
                        .forEach(other -> incoming.add(new Incoming(other, 1.0 / others)));
            }
        }
        return incoming;
    }

    private static double memoryMiB(Host host) {
        return host.getVirtualMachines().stream().mapToDouble(VirtualMachine::getMemoryMiB).sum();
    }

    private static double peak(double[] hourly) {
        double peak = 0;
        for (double hour : hourly) {
            peak = Math.max(peak, hour);
        }
        return peak;
    }

    /** Busy cores by hour of the week. */
    private static double[] hourly(Host host) {
        double[] cores = new double[HOURS];
        for (VirtualMachine machine : host.getVirtualMachines()) {
            if (machine.getLoad() == null || machine.getLoad().eIsProxy()) {
                continue;
            }
            for (LoadDay day : machine.getLoad().getDays()) {
                int first = day.getDay().ordinal() * 24;
                for (int hour = 0; hour < Math.min(24, day.getPercentByHour().size()); hour++) {
                    cores[first + hour] +=
                            machine.getCpuCores() * day.getPercentByHour().get(hour) / 100.0;
                }
            }
        }
        return cores;
    }
}
