package org.standfest.topology.exchange.internal;

import org.standfest.results.Severity;
import org.standfest.topology.ClusterManager;
import org.standfest.topology.Disk;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.HypervisorKind;
import org.standfest.topology.Machine;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.exchange.Source;
import org.standfest.topology.exchange.internal.Csv.Row;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The tabs vInfo (virtual machines) and vHost (hosts) of RVTools as CSV. Datacenters become sites,
 * clusters with machines under HA become failover clusters, networks become networks. Hosts that
 * are only named by a machine are made without size. One thread, one import.
 */
public final class MachineTables {

    /** Columns that are understood; the others are named in the report. */
    private static final Set<String> GUEST =
            Set.of(
                    "vm",
                    "powerstate",
                    "template",
                    "dns name",
                    "cpus",
                    "memory",
                    "total disk capacity mib",
                    "provisioned mib",
                    "provisioned mb",
                    "in use mib",
                    "in use mb",
                    "network #1",
                    "primary ip address",
                    "datacenter",
                    "cluster",
                    "host",
                    "das protection",
                    "annotation",
                    "os according to the vmware tools",
                    "os according to the configuration file",
                    "vm uuid");

    private static final Set<String> IRON =
            Set.of(
                    "host",
                    "datacenter",
                    "cluster",
                    "cpu model",
                    "# cores",
                    "# cpu",
                    "cores per cpu",
                    "# memory",
                    "vendor",
                    "model",
                    "serial number",
                    "service tag",
                    "esx version");

    private final Draft draft;
    private final Map<String, Site> sites = new LinkedHashMap<>();
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<String, List<Host>> clusters = new LinkedHashMap<>();
    private final Map<String, List<VirtualMachine>> watched = new LinkedHashMap<>();
    private final Map<String, Network> networks = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    /** Fills a draft. */
    public MachineTables(Draft draft) {
        this.draft = draft;
    }

    /** Reads all tables, those of hosts first. */
    public void read(List<Source> sources) throws Fault {
        List<Source> guests = new ArrayList<>();
        for (Source source : sources) {
            Set<String> heads = new HashSet<>(Csv.read(source, _ -> {}));
            if (heads.contains("vm") && heads.contains("cpus")) {
                guests.add(source);
            } else if (heads.contains("host") && heads.contains("# memory")) {
                take(source, IRON, this::host);
            } else {
                throw Draft.fault("csv-unknown", source.name());
            }
        }
        for (Source source : guests) {
            take(source, GUEST, this::guest);
        }
        clusters();
    }

    private void take(Source source, Set<String> known, Csv.Taker taker) throws Fault {
        Csv.read(
                source,
                row -> {
                    draft.item(source.name());
                    row.cells().keySet().stream()
                            .filter(it -> !known.contains(it))
                            .forEach(it -> draft.left(shortName(source) + ": " + it));
                    taker.take(row);
                });
    }

    private static String shortName(Source source) {
        String name = source.name();
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    private void host(Row row) {
        String name = row.any("host");
        if (name.isEmpty()) {
            draft.remark(Severity.WARNING, "vHost", "row-nameless", row.line());
            return;
        }
        if (hosts.containsKey(name)) {
            draft.remark(Severity.WARNING, name, "twice", row.line());
            return;
        }
        Host host = makeHost(name, row);
        OptionalLong cores = Figure.whole(row.any("# cores"));
        if (cores.isEmpty()) {
            OptionalLong chips = Figure.whole(row.any("# cpu"));
            OptionalLong each = Figure.whole(row.any("cores per cpu"));
            cores =
                    chips.isPresent() && each.isPresent()
                            ? OptionalLong.of(chips.getAsLong() * each.getAsLong())
                            : OptionalLong.empty();
        }
        size(host, cores, row.any("# memory"));
        host.setManufacturer(orNull(row.any("vendor")));
        host.setModel(orNull(row.any("model")));
        host.setCpuModel(orNull(row.any("cpu model")));
        host.setSerialNumber(orNull(row.any("serial number", "service tag")));
        host.setNote(orNull(row.any("esx version")));
    }

    private Host makeHost(String name, Row row) {
        Site site = site(row.any("datacenter"));
        Host host = draft.add(site.getHosts(), Draft.MAKE.createHost(), name);
        host.setHypervisor(HypervisorKind.VMWARE);
        hosts.put(name, host);
        String cluster = row.any("cluster");
        if (!cluster.isEmpty()) {
            clusters.computeIfAbsent(cluster, _ -> new ArrayList<>()).add(host);
        }
        return host;
    }

    private void size(Machine machine, OptionalLong cores, String memory) {
        if (cores.isPresent() && cores.getAsLong() > 0) {
            machine.setCpuCores(Figure.fitting(cores.getAsLong(), 1, 4096));
        } else {
            draft.remark(Severity.WARNING, machine.getName(), "no-cores");
        }
        OptionalLong mebibytes = Figure.whole(memory);
        if (mebibytes.isPresent()) {
            machine.setMemoryMiB(Figure.fitting(mebibytes.getAsLong(), 0, 1 << 30));
        } else {
            draft.remark(Severity.WARNING, machine.getName(), "no-memory");
        }
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private Site site(String name) {
        String known = name.isEmpty() ? "Datacenter" : name;
        return sites.computeIfAbsent(
                known,
                it -> {
                    Site site = draft.add(draft.topology().getSites(), Draft.MAKE.createSite(), it);
                    site.setKind(SiteKind.DATA_CENTRE);
                    return site;
                });
    }

    private void guest(Row row) {
        String name = row.any("vm");
        if (name.isEmpty()) {
            draft.remark(Severity.WARNING, "vInfo", "row-nameless", row.line());
            return;
        }
        if (row.any("template").equalsIgnoreCase("true")) {
            draft.remark(Severity.HINT, name, "template");
            return;
        }
        if (!names.add(name)) {
            draft.remark(Severity.WARNING, name, "name-twice", row.line());
        }
        VirtualMachine guest =
                draft.add(
                        draft.topology().getVirtualMachines(),
                        Draft.MAKE.createVirtualMachine(),
                        name);
        String uuid = row.any("vm uuid");
        if (!uuid.isEmpty()) {
            draft.keepIdentity(guest, uuid);
        }
        size(guest, Figure.whole(row.any("cpus")), row.any("memory"));
        guest.setOperatingSystem(
                orNull(
                        row.any(
                                "os according to the vmware tools",
                                "os according to the configuration file")));
        guest.setNote(orNull(row.any("annotation")));
        if (row.any("powerstate").equalsIgnoreCase("poweredoff")) {
            draft.remark(Severity.HINT, name, "switched-off");
        }
        disk(guest, row);
        card(guest, row);
        place(guest, row);
    }

    private void disk(VirtualMachine guest, Row row) {
        OptionalLong size =
                Figure.whole(
                        row.any("total disk capacity mib", "provisioned mib", "provisioned mb"));
        OptionalLong used = Figure.whole(row.any("in use mib", "in use mb"));
        if (size.isEmpty()) {
            draft.remark(Severity.WARNING, guest.getName(), "no-disk");
            return;
        }
        Disk disk = draft.add(guest.getDisks(), Draft.MAKE.createDisk(), "disk");
        disk.setSizeGiB(gibibytes(size.getAsLong()));
        disk.setUsedGiB(Math.min(disk.getSizeGiB(), gibibytes(used.orElse(size.getAsLong()))));
        draft.remark(Severity.HINT, guest.getName(), "one-disk", disk.getSizeGiB());
    }

    private static int gibibytes(long mebibytes) {
        return Figure.fitting((mebibytes + 1023) / 1024, 0, 1 << 30);
    }

    private void card(VirtualMachine guest, Row row) {
        String name = row.any("network #1");
        String address = row.any("primary ip address");
        if (name.isEmpty() && address.isEmpty()) {
            return;
        }
        NetworkInterface card =
                draft.add(guest.getInterfaces(), Draft.MAKE.createNetworkInterface(), "eth0");
        card.setAddress(orNull(address));
        if (!name.isEmpty()) {
            Network network =
                    networks.computeIfAbsent(
                            name,
                            it -> {
                                Network made =
                                        draft.add(
                                                draft.topology().getNetworks(),
                                                Draft.MAKE.createNetwork(),
                                                it);
                                made.setKind(NetworkKind.SERVER);
                                return made;
                            });
            Site site = site(row.any("datacenter"));
            if (!network.getSites().contains(site)) {
                network.getSites().add(site);
            }
            card.setNetwork(network);
        }
    }

    private void place(VirtualMachine guest, Row row) {
        String name = row.any("host");
        if (name.isEmpty()) {
            draft.remark(Severity.WARNING, guest.getName(), "no-host");
        } else {
            Host host = hosts.get(name);
            if (host == null) {
                host = makeHost(name, row);
                draft.remark(Severity.WARNING, name, "host-unknown");
            }
            guest.setHost(host);
        }
        String cluster = row.any("cluster");
        if (!cluster.isEmpty() && row.any("das protection").equalsIgnoreCase("true")) {
            watched.computeIfAbsent(cluster, _ -> new ArrayList<>()).add(guest);
        }
    }

    private void clusters() {
        clusters.forEach(
                (name, members) -> {
                    List<VirtualMachine> guests = watched.getOrDefault(name, List.of());
                    if (guests.isEmpty() || members.size() < 2) {
                        draft.remark(Severity.HINT, name, "cluster-without-ha", members.size());
                        return;
                    }
                    FailoverCluster cluster =
                            draft.add(
                                    draft.topology().getProtections(),
                                    Draft.MAKE.createFailoverCluster(),
                                    name);
                    cluster.getHosts().addAll(members);
                    cluster.getWorkloads().addAll(guests);
                    cluster.setManager(ClusterManager.VSPHERE_HA);
                    cluster.setAutomatic(true);
                    cluster.setLiveMigration(true);
                    cluster.setMinimumHosts(members.size() - 1);
                    draft.remark(Severity.WARNING, name, "cluster-guessed", members.size() - 1);
                });
    }
}
