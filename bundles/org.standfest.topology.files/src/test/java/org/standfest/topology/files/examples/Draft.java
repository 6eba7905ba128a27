package org.standfest.topology.files.examples;

import org.eclipse.emf.common.util.EList;
import org.standfest.topology.ClientAccess;
import org.standfest.topology.Component;
import org.standfest.topology.Confidence;
import org.standfest.topology.Contact;
import org.standfest.topology.ContactKind;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Disk;
import org.standfest.topology.DiskKind;
import org.standfest.topology.Element;
import org.standfest.topology.FailureData;
import org.standfest.topology.Hardware;
import org.standfest.topology.Host;
import org.standfest.topology.HypervisorKind;
import org.standfest.topology.Licence;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Link;
import org.standfest.topology.LinkKind;
import org.standfest.topology.LoadDay;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.Machine;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.PowerFeedKind;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Weekday;
import org.standfest.topology.Workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A topology in the making, with short words for what every example needs. Identities come from the
 * names, so that building twice gives the same file.
 */
final class Draft {

    static final TopologyFactory MAKE = TopologyFactory.eINSTANCE;
    static final int MINUTE = 60;
    static final int HOUR = 3600;
    static final int DAY = 24 * HOUR;

    final Topology topology = MAKE.createTopology();
    private final String seed;
    private final Map<String, Integer> seen = new HashMap<>();
    private final Map<String, FailureData> catalogue = new HashMap<>();
    private int cards;

    Draft(String name, String organisation, String note) {
        seed = name;
        topology.setName(name);
        topology.setOrganisation(organisation);
        topology.setNote(note);
        identify(topology);
    }

    <T extends Element, L extends Element> T add(
            EList<L> list, Class<L> type, T element, String name) {
        element.setName(name);
        identify(element);
        list.add(type.cast(element));
        return element;
    }

    private void identify(Element element) {
        String path = seed + '/' + element.eClass().getName() + '/' + element.getName();
        int number = seen.merge(path, 1, Integer::sum);
        byte[] text = (path + '/' + number).getBytes(StandardCharsets.UTF_8);
        element.setId(UUID.nameUUIDFromBytes(text).toString());
    }

    Site site(SiteKind kind, String name, String address, double north, double east, int staff) {
        Site site = add(topology.getSites(), Site.class, MAKE.createSite(), name);
        site.setKind(kind);
        site.setPostalAddress(address);
        site.setLatitudeDegrees(north);
        site.setLongitudeDegrees(east);
        site.setStaff(staff);
        site.setFailureData(failure("Site"));
        return site;
    }

    PowerFeed feed(Site site, PowerFeedKind kind, String name, int watts) {
        PowerFeed feed = add(site.getPowerFeeds(), PowerFeed.class, MAKE.createPowerFeed(), name);
        feed.setKind(kind);
        feed.setCapacityWatts(watts);
        switch (kind) {
            case UTILITY -> feed.setFailureData(failure("Public grid"));
            case UPS -> {
                feed.setFailureData(failure("UPS"));
                feed.setAutonomySeconds(15 * MINUTE);
            }
            case GENERATOR -> {
                feed.setFailureData(failure("Generator"));
                feed.setStartupSeconds(15);
                feed.setAutonomySeconds(2 * DAY);
            }
        }
        return feed;
    }

    /** Grid and battery, as every small site has them. */
    void smallPower(Site site, int watts) {
        feed(site, PowerFeedKind.UTILITY, site.getName() + " grid", watts * 3);
        feed(site, PowerFeedKind.UPS, site.getName() + " UPS", watts);
    }

    Host host(Site site, String name, HypervisorKind kind, int cores, int memoryGiB, int year) {
        Host host = add(site.getHosts(), Host.class, MAKE.createHost(), name);
        host.setHypervisor(kind);
        host.setReservedMemoryMiB(8 * 1024);
        iron(host, host, site, cores, memoryGiB, year);
        return host;
    }

    PhysicalServer server(Site site, String name, int cores, int memoryGiB, int year) {
        PhysicalServer server =
                add(site.getServers(), PhysicalServer.class, MAKE.createPhysicalServer(), name);
        iron(server, server, site, cores, memoryGiB, year);
        return server;
    }

    void iron(Machine machine, Hardware hardware, Site site, int cores, int memoryGiB, int year) {
        machine.setCpuCores(cores);
        machine.setMemoryMiB(memoryGiB * 1024);
        machine.setFailureData(failure("Server"));
        hardware.setPurchasedYear(year);
        hardware.setPowerWatts(120 + 8 * cores);
        if (site != null) {
            hardware.getPowerFeeds().addAll(site.getPowerFeeds());
        }
    }

    void make(Hardware hardware, String manufacturer, String model, String cpu) {
        hardware.setManufacturer(manufacturer);
        hardware.setModel(model);
        hardware.setCpuModel(cpu);
    }

    VirtualMachine guest(String name, Host host, int cores, int memoryGiB, String system) {
        VirtualMachine guest =
                add(
                        topology.getVirtualMachines(),
                        VirtualMachine.class,
                        MAKE.createVirtualMachine(),
                        name);
        guest.setHost(host);
        guest.setCpuCores(cores);
        guest.setMemoryMiB(memoryGiB * 1024);
        guest.setOperatingSystem(system);
        guest.setFailureData(failure("Virtual machine"));
        return guest;
    }

    /** What a system does all day. */
    void works(Workload workload, LoadProfile load, int changedMiB, int peakMiB, int bootSeconds) {
        workload.setLoad(load);
        workload.setChangedMiBPerHour(changedMiB);
        workload.setPeakChangedMiBPerHour(peakMiB);
        workload.setBootSeconds(bootSeconds);
    }

    Disk disk(Machine machine, String name, DiskKind kind, int sizeGiB, int usedGiB) {
        Disk disk = add(machine.getDisks(), Disk.class, MAKE.createDisk(), name);
        disk.setKind(kind);
        disk.setSizeGiB(sizeGiB);
        disk.setUsedGiB(usedGiB);
        return disk;
    }

    void card(Machine machine, Network network, String address) {
        NetworkInterface card =
                add(
                        machine.getInterfaces(),
                        NetworkInterface.class,
                        MAKE.createNetworkInterface(),
                        machine.getInterfaces().isEmpty()
                                ? "eth0"
                                : "eth" + machine.getInterfaces().size());
        card.setNetwork(network);
        card.setAddress(address);
        card.setMacAddress("52:54:00:00:%02x:%02x".formatted(++cards >> 8, cards & 0xff));
    }

    Network network(String name, NetworkKind kind, String range, double mbps, Site... sites) {
        Network network = add(topology.getNetworks(), Network.class, MAKE.createNetwork(), name);
        network.setKind(kind);
        network.setAddresses(range);
        network.setBandwidthMbps(mbps);
        network.setLatencyMillis(0.2);
        network.setFailureData(failure("Switch"));
        network.getSites().addAll(Arrays.asList(sites));
        return network;
    }

    Link link(String name, LinkKind kind, Site first, Site second, double mbps, double millis) {
        Link link = add(topology.getLinks(), Link.class, MAKE.createLink(), name);
        link.setKind(kind);
        link.setFirstSite(first);
        link.setSecondSite(second);
        link.setBandwidthMbps(mbps);
        link.setLatencyMillis(millis);
        link.setVpn(kind == LinkKind.INTERNET || kind == LinkKind.MOBILE);
        link.setFailureData(failure("Line"));
        return link;
    }

    Service service(String name, int users, int rtoSeconds, int rpoSeconds, int mtpdSeconds) {
        Service service = add(topology.getServices(), Service.class, MAKE.createService(), name);
        service.setUsers(users);
        service.setRtoSeconds(rtoSeconds);
        service.setRpoSeconds(rpoSeconds);
        service.setMtpdSeconds(mtpdSeconds);
        service.setClientAccess(ClientAccess.DIRECT);
        service.setOwner(topology.getContacts().getFirst());
        return service;
    }

    void needs(Service service, Component... targets) {
        Dependency dependency =
                add(
                        service.getDependencies(),
                        Dependency.class,
                        MAKE.createDependency(),
                        "all of " + service.getName());
        dependency.setKind(DependencyKind.ALL_OF);
        dependency.getTargets().addAll(Arrays.asList(targets));
    }

    void needsSome(Service service, int required, List<? extends Component> targets) {
        Dependency dependency =
                add(
                        service.getDependencies(),
                        Dependency.class,
                        MAKE.createDependency(),
                        "some of " + service.getName());
        dependency.setKind(DependencyKind.SOME_OF);
        dependency.setRequiredCount(required);
        dependency.getTargets().addAll(targets);
    }

    Contact contact(String name, ContactKind kind, String role, String phone, int escalation) {
        Contact contact = add(topology.getContacts(), Contact.class, MAKE.createContact(), name);
        contact.setKind(kind);
        contact.setRole(role);
        contact.setPhone(phone);
        contact.setEscalation(escalation);
        return contact;
    }

    void licence(String name, LicenceKind kind, int count) {
        Licence licence = add(topology.getLicences(), Licence.class, MAKE.createLicence(), name);
        licence.setKind(kind);
        licence.setCount(count);
    }

    LoadProfile load(String name, int night, int day, int peak, int weekend) {
        LoadProfile profile =
                add(topology.getLoadProfiles(), LoadProfile.class, MAKE.createLoadProfile(), name);
        for (Weekday weekday : Weekday.values()) {
            LoadDay loadDay = MAKE.createLoadDay();
            loadDay.setDay(weekday);
            boolean works = weekday.ordinal() < Weekday.SATURDAY.ordinal();
            for (int hour = 0; hour < 24; hour++) {
                loadDay.getPercentByHour().add(works ? percent(hour, night, day, peak) : weekend);
            }
            profile.getDays().add(loadDay);
        }
        return profile;
    }

    /** Busy from 7 to 18, busiest after the morning coffee and after lunch. */
    private static int percent(int hour, int night, int day, int peak) {
        if (hour < 7 || hour >= 18) {
            return night;
        }
        return hour == 9 || hour == 10 || hour == 14 ? peak : day;
    }

    /** An entry of the catalogue with its source, made when first asked for. */
    FailureData failure(String what) {
        return catalogue.computeIfAbsent(what, this::makeFailure);
    }

    private FailureData makeFailure(String what) {
        FailureData data =
                add(topology.getFailureData(), FailureData.class, MAKE.createFailureData(), what);
        switch (what) {
            case "Server" ->
                    figures(
                            data,
                            109_500,
                            8,
                            "Vishwanath & Nagappan, SoCC 2010",
                            Confidence.REPORTED);
            case "Virtual machine" ->
                    figures(data, 2880, 0.25, "Kim et al. 2009", Confidence.REPORTED);
            case "Switch" ->
                    figures(
                            data,
                            175_200,
                            3,
                            "Gill, Jain, Nagappan, SIGCOMM 2011",
                            Confidence.VERIFIED);
            case "Line" -> figures(data, 1710, 10, "Meza et al., IMC 2018", Confidence.REPORTED);
            case "Storage array" ->
                    figures(data, 876_000, 4, "Manufacturers' white papers", Confidence.REPORTED);
            case "Site" ->
                    figures(
                            data,
                            35_040,
                            8,
                            "Uptime Institute, annual outage analysis 2025",
                            Confidence.VERIFIED);
            case "Public grid" ->
                    figures(
                            data,
                            8760,
                            2,
                            "IEEE 493; statistics of grid operators",
                            Confidence.REPORTED);
            case "UPS" -> figures(data, 250_000, 16, "IEEE 493", Confidence.REPORTED);
            case "Generator" -> {
                figures(
                        data,
                        4380,
                        8,
                        "IEEE 493; start on demand fails in 1 %",
                        Confidence.REPORTED);
                data.setCoverage(0.99);
                data.setFailoverSeconds(15);
            }
            default -> throw new IllegalArgumentException(what);
        }
        return data;
    }

    private static void figures(
            FailureData data, double mtbfHours, double mttrHours, String source, Confidence how) {
        data.setMtbfHours(mtbfHours);
        data.setMttrHours(mttrHours);
        data.setSource(source);
        data.setConfidence(how);
    }
}
