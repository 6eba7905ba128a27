package org.standfest.analysis.whatif;

import org.standfest.topology.Disk;
import org.standfest.topology.Element;
import org.standfest.topology.Hardware;
import org.standfest.topology.Host;
import org.standfest.topology.Machine;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.Site;
import org.standfest.topology.Storage;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.List;
import java.util.Set;

/** What stops at the moment of a failure. Reads only; one thread. */
final class Outage {

    private final Set<Element> failed;

    Outage(Set<Element> failed) {
        this.failed = failed;
    }

    static boolean exists(Element element) {
        return element != null && !element.eIsProxy();
    }

    static Site siteOf(Machine machine) {
        return switch (machine) {
            case Host host -> host.getSite();
            case PhysicalServer server -> server.getSite();
            case VirtualMachine guest -> exists(guest.getHost()) ? guest.getHost().getSite() : null;
            case null, default -> null;
        };
    }

    /** Whether somebody supposed it to fail. */
    boolean failed(Element element) {
        return failed.contains(element);
    }

    /** Whether a machine, storage, feed, network or site does not serve. */
    boolean stopped(Element element) {
        return failed.contains(element)
                || switch (element) {
                    case Host host -> iron(host, host.getSite());
                    case PhysicalServer server -> iron(server, server.getSite()) || data(server);
                    case VirtualMachine guest ->
                            exists(guest.getHost()) && stopped(guest.getHost()) || data(guest);
                    case PowerFeed feed -> failed.contains(feed.getSite());
                    case Storage storage -> lost(storage);
                    case Network network -> everywhere(network);
                    default -> false;
                };
    }

    private boolean iron(Hardware hardware, Site site) {
        if (exists(site) && failed.contains(site)) {
            return true;
        }
        List<PowerFeed> feeds = hardware.getPowerFeeds().stream().filter(Outage::exists).toList();
        return !feeds.isEmpty() && feeds.stream().allMatch(this::stopped);
    }

    /** Mirrored data is there as long as one half is. */
    private boolean lost(Storage storage) {
        return half(storage)
                && !(exists(storage.getMirroredWith()) && !half(storage.getMirroredWith()));
    }

    private boolean half(Storage storage) {
        return failed.contains(storage)
                || exists(storage.getSite()) && failed.contains(storage.getSite());
    }

    private boolean everywhere(Network network) {
        List<Site> sites = network.getSites().stream().filter(Outage::exists).toList();
        return !sites.isEmpty() && failed.containsAll(sites);
    }

    /** Whether a disk of a system, or what it lies on, is gone, or nobody reaches the system. */
    private boolean data(Workload workload) {
        for (Disk disk : workload.getDisks()) {
            if (failed.contains(disk) || exists(disk.getStorage()) && stopped(disk.getStorage())) {
                return true;
            }
        }
        List<Network> reached =
                workload.getInterfaces().stream()
                        .map(NetworkInterface::getNetwork)
                        .filter(Outage::exists)
                        .filter(
                                it ->
                                        it.getKind() == NetworkKind.SERVER
                                                || it.getKind() == NetworkKind.CLIENT)
                        .toList();
        return !reached.isEmpty() && reached.stream().allMatch(this::stopped);
    }
}
