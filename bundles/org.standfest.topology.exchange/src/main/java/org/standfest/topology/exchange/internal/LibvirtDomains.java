package org.standfest.topology.exchange.internal;

import org.standfest.results.Severity;
import org.standfest.topology.Disk;
import org.standfest.topology.Host;
import org.standfest.topology.HypervisorKind;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.exchange.Source;
import org.standfest.topology.exchange.internal.SafeXml.Node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Domains of libvirt. A domain does not say where it runs: all of an import stand on one new host
 * at one new site, which the report says. One thread, one import.
 */
public final class LibvirtDomains {

    private static final Set<String> TAKEN =
            Set.of(
                    "name",
                    "uuid",
                    "memory",
                    "currentMemory",
                    "vcpu",
                    "title",
                    "description",
                    "devices",
                    "metadata",
                    "os");
    private static final Map<String, Long> BYTES =
            Map.ofEntries(
                    Map.entry("b", 1L),
                    Map.entry("bytes", 1L),
                    Map.entry("kb", 1_000L),
                    Map.entry("k", 1L << 10),
                    Map.entry("kib", 1L << 10),
                    Map.entry("mb", 1_000_000L),
                    Map.entry("m", 1L << 20),
                    Map.entry("mib", 1L << 20),
                    Map.entry("gb", 1_000_000_000L),
                    Map.entry("g", 1L << 30),
                    Map.entry("gib", 1L << 30),
                    Map.entry("tb", 1_000_000_000_000L),
                    Map.entry("t", 1L << 40),
                    Map.entry("tib", 1L << 40));

    private final Draft draft;
    private final Map<String, Network> networks = new HashMap<>();
    private Host host;
    private Site site;

    /** Fills a draft. */
    public LibvirtDomains(Draft draft) {
        this.draft = draft;
    }

    /** Reads every domain of every file. */
    public void read(List<Source> sources) throws Fault {
        site = draft.add(draft.topology().getSites(), Draft.MAKE.createSite(), "libvirt");
        site.setKind(SiteKind.DATA_CENTRE);
        host = draft.add(site.getHosts(), Draft.MAKE.createHost(), "libvirt");
        host.setHypervisor(HypervisorKind.KVM);
        for (Source source : sources) {
            Node root = SafeXml.read(source);
            List<Node> domains = root.name().equals("domain") ? List.of(root) : root.all("domain");
            if (domains.isEmpty()) {
                throw Draft.fault("no-domain", source.name());
            }
            for (Node domain : domains) {
                draft.item(source.name());
                domain(domain, source.name());
            }
        }
        enough();
        draft.remark(Severity.WARNING, host.getName(), "host-guessed");
    }

    /** The host must carry its guests, or the first finding is about what nobody said. */
    private void enough() {
        List<VirtualMachine> guests = draft.topology().getVirtualMachines();
        long memory = guests.stream().mapToLong(VirtualMachine::getMemoryMiB).sum();
        int cores = guests.stream().mapToInt(VirtualMachine::getCpuCores).sum();
        host.setMemoryMiB(Figure.fitting(memory, 0, 1 << 30));
        host.setCpuCores(Figure.fitting(cores, 1, 4096));
    }

    private void domain(Node domain, String file) {
        String name = domain.textOf("name");
        if (name.isEmpty()) {
            draft.remark(Severity.WARNING, file, "domain-nameless");
            return;
        }
        if (domain.attribute("type").equals("xen")) {
            host.setHypervisor(HypervisorKind.XEN);
        }
        VirtualMachine guest =
                draft.add(
                        draft.topology().getVirtualMachines(),
                        Draft.MAKE.createVirtualMachine(),
                        name);
        guest.setHost(host);
        if (!domain.textOf("uuid").isEmpty()) {
            draft.keepIdentity(guest, domain.textOf("uuid"));
        }
        size(guest, domain);
        String told = domain.textOf("title") + ' ' + domain.textOf("description");
        guest.setNote(told.isBlank() ? null : told.strip());
        domain.child("metadata").ifPresent(it -> system(guest, it));
        for (Node part : domain.children()) {
            if (!TAKEN.contains(part.name())) {
                draft.left("domain/" + part.name());
            }
        }
        for (Node device : domain.child("devices").map(Node::children).orElse(List.of())) {
            switch (device.name()) {
                case "disk" -> disk(guest, device);
                case "interface" -> card(guest, device);
                default -> draft.left("domain/devices/" + device.name());
            }
        }
    }

    private void size(VirtualMachine guest, Node domain) {
        OptionalLong cores = Figure.whole(domain.textOf("vcpu"));
        if (cores.isPresent() && cores.getAsLong() > 0) {
            guest.setCpuCores(Figure.fitting(cores.getAsLong(), 1, 4096));
        } else {
            draft.remark(Severity.WARNING, guest.getName(), "no-cores");
        }
        Node memory = domain.child("currentMemory").or(() -> domain.child("memory")).orElse(null);
        OptionalLong amount =
                memory == null ? OptionalLong.empty() : Figure.whole(memory.text().toString());
        Long bytes =
                memory == null
                        ? null
                        : BYTES.get(
                                memory.attributes()
                                        .getOrDefault("unit", "KiB")
                                        .toLowerCase(java.util.Locale.ROOT));
        if (amount.isEmpty() || bytes == null) {
            draft.remark(Severity.WARNING, guest.getName(), "no-memory");
        } else {
            double mebibytes = Math.ceil((double) amount.getAsLong() * bytes / (1 << 20));
            guest.setMemoryMiB(Figure.fitting((long) mebibytes, 0, 1 << 30));
        }
    }

    /** What libosinfo noted: http://debian.org/debian/12. */
    private static void system(VirtualMachine guest, Node metadata) {
        for (Node noted : metadata.all("libosinfo")) {
            noted.child("os")
                    .map(it -> it.attribute("id"))
                    .filter(it -> it.contains("//"))
                    .map(it -> it.replaceFirst("^[a-z]+://[^/]*/", "").replace('/', ' '))
                    .ifPresent(guest::setOperatingSystem);
        }
    }

    private void disk(VirtualMachine guest, Node device) {
        String kind = device.attribute("device");
        if (!kind.isEmpty() && !kind.equals("disk")) {
            draft.left("domain/devices/disk[" + kind + "]");
            return;
        }
        String target = device.child("target").map(it -> it.attribute("dev")).orElse("");
        String name = target.isEmpty() ? "disk" : target;
        Disk disk = draft.add(guest.getDisks(), Draft.MAKE.createDisk(), name);
        device.child("source")
                .ifPresent(it -> disk.setNote(String.join(" ", it.attributes().values())));
        draft.remark(Severity.WARNING, guest.getName() + " / " + name, "disk-size-unknown");
    }

    private void card(VirtualMachine guest, Node device) {
        NetworkInterface card =
                draft.add(
                        guest.getInterfaces(),
                        Draft.MAKE.createNetworkInterface(),
                        "eth" + guest.getInterfaces().size());
        device.child("mac")
                .map(it -> it.attribute("address"))
                .filter(it -> !it.isEmpty())
                .ifPresent(card::setMacAddress);
        String name =
                device.child("source")
                        .map(
                                it ->
                                        it.attribute("network")
                                                + it.attribute("bridge")
                                                + it.attribute("dev"))
                        .orElse("");
        if (!name.isEmpty()) {
            card.setNetwork(
                    networks.computeIfAbsent(
                            name,
                            it -> {
                                Network made =
                                        draft.add(
                                                draft.topology().getNetworks(),
                                                Draft.MAKE.createNetwork(),
                                                it);
                                made.setKind(NetworkKind.SERVER);
                                made.getSites().add(site);
                                return made;
                            }));
        }
    }
}
