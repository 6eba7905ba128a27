package org.standfest.topology.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.results.Finding;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.files.TopologyFiles;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

class TopologyExchangeTest {

    private static final String HOSTS =
            """
            Host,Datacenter,Cluster,CPU Model,# CPU,Cores per CPU,# Cores,# Memory,ESX Version,\
            Vendor,Model,Service tag,Time Zone
            esx1.example.org,Rathaus,HA-1,"Intel(R) Xeon(R) Gold 6326, 2.9 GHz",2,16,32,"262,144",\
            VMware ESXi 8.0.2,Dell Inc.,PowerEdge R650,ABC1234,UTC
            esx2.example.org,Bauhof,HA-1,Intel(R) Xeon(R) Gold 6326,2,16,,"262,144",\
            VMware ESXi 8.0.2,Dell Inc.,PowerEdge R650,ABC1235,UTC
            """;

    private static final String GUESTS =
            """
            \uFEFFVM;Powerstate;Template;CPUs;Memory;NICs;Total disk capacity MiB;In Use MiB;\
            Network #1;Primary IP Address;Datacenter;Cluster;Host;DAS protection;Annotation;\
            OS according to the VMware Tools;VM UUID
            mail;poweredOn;False;4;16.384;1;102.400;81.920;Server;192.0.2.20;Rathaus;HA-1;\
            esx1.example.org;True;"Two lines
            and a ""quote""; really";Microsoft Windows Server 2022 (64-bit);\
            42030ea0-12f1-5a6c-9a35-3a6f3e5d2b11
            old;poweredOff;False;2;4096;1;40960;;Server;;Rathaus;HA-1;esx2.example.org;True;;;
            gold;poweredOff;True;2;4096;1;40960;;Server;;Rathaus;HA-1;esx2.example.org;False;;;
            lost;poweredOn;False;2;4096;1;40960;;Server;;Rathaus;;esx9.example.org;False;;;
            """;

    private final TopologyExchange exchange = new TopologyExchange();

    private static Source source(String name, String text) {
        return new Source(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Imported read(Source... sources) {
        Outcome<Imported> read = exchange.readAll(List.of(sources), Optional.empty());
        return read.orThrow();
    }

    private static List<String> codes(Imported imported) {
        return imported.report().stream().map(it -> it.explanation().code()).toList();
    }

    @Test
    void tablesBecomeSitesHostsAndGuestsWithWhatTheyStandOn() {
        Topology topology =
                read(source("vInfo.csv", GUESTS), source("vHost.csv", HOSTS)).topology();
        assertEquals(
                List.of("Rathaus", "Bauhof"),
                topology.getSites().stream().map(it -> it.getName()).toList());
        Host first = topology.getSites().getFirst().getHosts().getFirst();
        assertEquals(32, first.getCpuCores());
        assertEquals(262_144, first.getMemoryMiB());
        assertEquals("Intel(R) Xeon(R) Gold 6326, 2.9 GHz", first.getCpuModel());
        assertEquals(32, topology.getSites().get(1).getHosts().getFirst().getCpuCores());
        VirtualMachine mail = topology.getVirtualMachines().getFirst();
        assertEquals("42030ea0-12f1-5a6c-9a35-3a6f3e5d2b11", mail.getId());
        assertEquals(16_384, mail.getMemoryMiB());
        assertEquals(first, mail.getHost());
        assertEquals("Two lines\nand a \"quote\"; really", mail.getNote());
        assertEquals(100, mail.getDisks().getFirst().getSizeGiB());
        assertEquals(80, mail.getDisks().getFirst().getUsedGiB());
        assertEquals("192.0.2.20", mail.getInterfaces().getFirst().getAddress());
    }

    @Test
    void guestsUnderHighAvailabilityMakeAClusterAndTheReportSaysWhatIsGuessed() {
        Imported imported = read(source("vInfo.csv", GUESTS), source("vHost.csv", HOSTS));
        FailoverCluster cluster =
                assertInstanceOf(
                        FailoverCluster.class, imported.topology().getProtections().getFirst());
        assertEquals(2, cluster.getHosts().size());
        assertEquals(2, cluster.getWorkloads().size());
        assertTrue(codes(imported).contains("exchange.cluster-guessed"));
    }

    @Test
    void nothingIsDroppedSilently() {
        Imported imported = read(source("vInfo.csv", GUESTS), source("vHost.csv", HOSTS));
        List<String> codes = codes(imported);
        assertTrue(
                codes.containsAll(
                        List.of(
                                "exchange.template",
                                "exchange.switched-off",
                                "exchange.host-unknown",
                                "exchange.one-disk",
                                "exchange.left")),
                codes.toString());
        List<String> left =
                imported.report().stream()
                        .filter(it -> it.explanation().code().equals("exchange.left"))
                        .map(Finding::elementName)
                        .toList();
        assertEquals(
                List.of("vInfo.csv: nics", "vHost.csv: time zone").stream().sorted().toList(),
                left.stream().sorted().toList());
        assertEquals(3, imported.topology().getVirtualMachines().size());
    }

    @Test
    void tablesOfGermanSpreadsheetsAreReadToo() {
        byte[] bytes =
                "VM;CPUs;Memory\nPrüfstand;2;4096\n".getBytes(Charset.forName("windows-1252"));
        Imported imported = read(new Source("vInfo.csv", bytes));
        assertEquals("Prüfstand", imported.topology().getVirtualMachines().getFirst().getName());
    }

    @Test
    void importingTwiceGivesTheSameFile() {
        Topology once = read(source("i", GUESTS), source("h", HOSTS)).topology();
        Topology again = read(source("i", GUESTS), source("h", HOSTS)).topology();
        TopologyFiles files = new TopologyFiles();
        assertArrayEquals(files.toBytes(once).orThrow(), files.toBytes(again).orThrow());
    }

    @Test
    void domainsOfLibvirtKeepIdentitySizeCardsAndTheSystemThatLibosinfoNoted() {
        String domain =
                """
                <domain type='kvm'>
                  <name>files</name>
                  <uuid>9B2C1C9E-6F5B-4B1B-9B6D-0C8C5E1A7F10</uuid>
                  <metadata><libosinfo:libosinfo xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'>
                    <libosinfo:os id='http://debian.org/debian/12'/></libosinfo:libosinfo></metadata>
                  <memory unit='KiB'>8388608</memory><currentMemory unit='GiB'>4</currentMemory>
                  <vcpu placement='static'>3</vcpu>
                  <cpu mode='host-passthrough'/>
                  <devices>
                    <disk type='file' device='disk'><source file='/srv/files.qcow2'/><target dev='vda' bus='virtio'/></disk>
                    <disk type='file' device='cdrom'><target dev='sda'/></disk>
                    <interface type='bridge'><mac address='52:54:00:12:34:56'/><source bridge='br0'/></interface>
                    <console type='pty'/>
                  </devices>
                </domain>
                """;
        Imported imported = read(source("files.xml", domain));
        VirtualMachine guest = imported.topology().getVirtualMachines().getFirst();
        assertEquals("9b2c1c9e-6f5b-4b1b-9b6d-0c8c5e1a7f10", guest.getId());
        assertEquals(3, guest.getCpuCores());
        assertEquals(4096, guest.getMemoryMiB());
        assertEquals("debian 12", guest.getOperatingSystem());
        assertEquals("52:54:00:12:34:56", guest.getInterfaces().getFirst().getMacAddress());
        assertEquals("vda", guest.getDisks().getFirst().getName());
        List<String> left =
                imported.report().stream()
                        .filter(it -> it.explanation().code().equals("exchange.left"))
                        .map(Finding::elementName)
                        .toList();
        assertEquals(
                List.of("domain/cpu", "domain/devices/disk[cdrom]", "domain/devices/console"),
                left);
    }

    @Test
    void devicesOfNetBoxBecomeWhatTheirRoleSays() {
        String devices =
                """
                {"count":3,"next":null,"results":[
                 {"id":1,"name":"kvm-1","role":{"slug":"hypervisor"},"site":{"name":"Kiel"},
                  "device_type":{"model":"RA1224","manufacturer":{"name":"Thomas-Krenn"}},
                  "status":{"value":"planned"},"rack":{"name":"R1"},
                  "primary_ip4":{"address":"192.0.2.11/24"},"serial":"X1"},
                 {"id":2,"name":"sw-1","role":{"slug":"access-switch"},"site":{"name":"Kiel"}},
                 {"id":3,"name":"tape","role":{"slug":"backup-server"},"site":{"name":"Kiel"}}]}
                """;
        String guests =
                """
                [{"id":9,"name":"web","vcpus":2.0,"memory":4096,"disk":50,
                  "device":{"name":"kvm-1"},"site":{"name":"Kiel"}}]
                """;
        Imported imported = read(source("g.json", guests), source("d.json", devices));
        Topology topology = imported.topology();
        Host host = topology.getSites().getFirst().getHosts().getFirst();
        assertEquals("Thomas-Krenn", host.getManufacturer());
        assertEquals("192.0.2.11", host.getInterfaces().getFirst().getAddress());
        assertEquals(1, topology.getSites().getFirst().getServers().size());
        assertEquals(host, topology.getVirtualMachines().getFirst().getHost());
        assertEquals(
                50, topology.getVirtualMachines().getFirst().getDisks().getFirst().getSizeGiB());
        assertTrue(
                codes(imported)
                        .containsAll(List.of("exchange.role", "exchange.status", "exchange.left")));
    }

    static Stream<Path> examples() {
        try (Stream<Path> files = Files.list(examplesFolder())) {
            return files
                    .filter(it -> it.toString().endsWith(".topology"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Path examplesFolder() {
        Path up = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(up.resolve("examples"))) {
            up = up.getParent();
        }
        return up.resolve("examples");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatWasExportedToArchiMateComesBackToTheByte(Path example) throws IOException {
        TopologyFiles files = new TopologyFiles();
        Topology topology = files.read(example).orThrow().topology();
        byte[] exported = exchange.toArchiMate(topology);
        Imported back = read(new Source(example.toString(), exported));
        assertEquals(0, back.count(Severity.WARNING), back.report().toString());
        assertEquals(
                Files.readString(example),
                new String(files.toBytes(back.topology()).orThrow(), StandardCharsets.UTF_8));
    }

    @Test
    void lineEndsOfWindowsAndBlanksAroundANameComeBackFromArchiMate() {
        Topology topology = TopologyFactory.eINSTANCE.createTopology();
        topology.setId("6f3b0f5e-6f3f-4d2d-9a5c-0f6b2f1f7a01");
        topology.setName(" Two blanks ");
        topology.setNote("first\r\nsecond\rthird\n");
        Topology back = read(new Source("x.xml", exchange.toArchiMate(topology))).topology();
        assertEquals(topology.getName(), back.getName());
        assertEquals(topology.getNote(), back.getNote());
    }

    @Test
    void filesThatAreTooLargeTogetherAreRefusedUnread(@TempDir Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Path file = folder.resolve(i + ".csv");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(TopologyExchange.SIZE_BYTES_MAX);
            }
            files.add(file);
        }
        Outcome<Imported> read = exchange.read(files, Optional.of(ExchangeFormat.RVTOOLS));
        assertEquals("exchange.files-too-large", read.problem().orElseThrow().code());
    }

    @Test
    void readingEndsAtTheNextMachineWhenItIsCancelled(@TempDir Path folder) throws IOException {
        List<Path> files = List.of(Files.writeString(folder.resolve("vInfo.csv"), GUESTS));
        AtomicInteger asked = new AtomicInteger();
        Outcome<Imported> read =
                exchange.read(files, Optional.empty(), () -> asked.incrementAndGet() > 2);
        assertEquals("exchange.cancelled", read.problem().orElseThrow().code());
        assertEquals(3, asked.get());
        assertTrue(exchange.read(files, Optional.empty(), () -> false).isDone());
    }

    @Test
    void drawingsOfOtherToolsAreUnderstoodByTheirKinds() {
        String model =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"
                  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="m">
                  <name xml:lang="de">Ämter</name>
                  <elements>
                    <element identifier="s" xsi:type="Location"><name>Rathaus</name></element>
                    <element identifier="h" xsi:type="Device"><name>Server 1</name></element>
                    <element identifier="v" xsi:type="Node"><name>Mail-VM</name></element>
                    <element identifier="o" xsi:type="SystemSoftware"><name>Debian 12</name></element>
                    <element identifier="d" xsi:type="TechnologyService"><name>Mail</name></element>
                    <element identifier="g" xsi:type="Goal"><name>Glück</name></element>
                  </elements>
                  <relationships>
                    <relationship identifier="1" source="s" target="h" xsi:type="Composition"/>
                    <relationship identifier="2" source="h" target="v" xsi:type="Assignment"/>
                    <relationship identifier="3" source="o" target="v" xsi:type="Assignment"/>
                    <relationship identifier="4" source="v" target="d" xsi:type="Serving"/>
                    <relationship identifier="5" source="g" target="d" xsi:type="Influence"/>
                  </relationships>
                  <views><diagrams><view identifier="w" xsi:type="Diagram"><name>Bild</name></view></diagrams></views>
                </model>
                """;
        Imported imported = read(source("m.xml", model));
        Topology topology = imported.topology();
        assertEquals("Ämter", topology.getName());
        VirtualMachine guest = topology.getVirtualMachines().getFirst();
        assertEquals("Server 1", guest.getHost().getName());
        assertEquals("Rathaus", guest.getHost().getSite().getName());
        assertEquals("Debian 12", guest.getOperatingSystem());
        assertEquals(
                guest,
                topology.getServices()
                        .getFirst()
                        .getDependencies()
                        .getFirst()
                        .getTargets()
                        .getFirst());
        assertTrue(
                codes(imported)
                        .containsAll(
                                List.of("exchange.kind", "exchange.relation", "exchange.view")));
    }

    @Test
    void hostileFilesAreRefusedWithTheirReason() {
        assertEquals(
                "exchange.xml-doctype",
                refusal(
                        "<!DOCTYPE domain [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                                + "<domain><name>&e;</name></domain>"));
        assertEquals("exchange.xml-broken", refusal("<domain><name>x</domain>"));
        assertEquals("exchange.xml-too-much", refusal("<domain>" + "<a>".repeat(99)));
        assertEquals("exchange.json-broken", refusal("[".repeat(100_000)));
        assertEquals("exchange.json-page", refusal("{\"next\":\"https://n/2\",\"results\":[]}"));
        assertEquals("exchange.csv-unknown", refusal("VM,Colour\na,red\n"));
        assertEquals("exchange.csv-quote", refusal("VM,CPUs\n\"a,red\n"));
        assertEquals("exchange.format-unknown", refusal("hello"));
    }

    private String refusal(String text) {
        Outcome<Imported> read = exchange.readAll(List.of(source("f", text)), Optional.empty());
        return assertInstanceOf(Outcome.Refused.class, read, read.toString()).explanation().code();
    }

    @Test
    void damagedFilesNeverEndInAnException() {
        Random random = new Random(7);
        byte[] exported;
        TopologyFiles files = new TopologyFiles();
        exported =
                exchange.toArchiMate(
                        files.read(examplesFolder().resolve("municipality.topology"))
                                .orThrow()
                                .topology());
        List<byte[]> originals =
                List.of(
                        exported,
                        GUESTS.getBytes(StandardCharsets.UTF_8),
                        HOSTS.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 300; i++) {
            byte[] original = originals.get(i % originals.size());
            byte[] damaged = Arrays.copyOf(original, 1 + random.nextInt(original.length));
            for (int k = 0; k < 3; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            exchange.readAll(List.of(new Source("f", damaged)), Optional.empty());
        }
    }

    @Test
    void everyRemarkHasItsWordsInBothLanguages() {
        Imported imported = read(source("vInfo.csv", GUESTS), source("vHost.csv", HOSTS));
        for (Finding each : imported.report()) {
            for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                assertTrue(!each.explanation().inFull(locale).contains("!exchange"));
            }
        }
        assertNull(imported.topology().getOrganisation());
    }
}
