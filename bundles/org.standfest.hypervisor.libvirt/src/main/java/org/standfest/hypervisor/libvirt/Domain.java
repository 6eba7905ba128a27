package org.standfest.hypervisor.libvirt;

import org.standfest.host.ProgramRunner;
import org.standfest.hypervisor.FirmwareMemory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/** One machine, as {@code virsh} tells and changes it. For one thread. */
final class Domain {

    /** Checkpoints of ours begin so. */
    static final String OURS = "standfest-";

    private static final int ENDING_LIMIT = 100;

    private final Virsh virsh;
    private final String uri;
    private final String name;
    private final Duration limit;

    Domain(Virsh virsh, DomainAddress address, Duration limit) {
        this.virsh = virsh;
        this.uri = address.uri();
        this.name = address.domain();
        this.limit = limit;
    }

    /** Runs a command on this machine. */
    ProgramRunner.Result run(String command, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("virsh", "-q", "-c", uri, command, name));
        words.addAll(List.of(more));
        return virsh.run(limit, words);
    }

    /** Runs a command that has to succeed; what it printed. */
    String must(String command, String... more) throws IOException {
        ProgramRunner.Result result = run(command, more);
        if (!result.succeeded()) {
            throw new IOException("virsh " + command + ": " + result.lastLine());
        }
        return result.output();
    }

    /** The formats of the machine's disks by target. */
    Map<String, String> disks() throws IOException {
        Map<String, String> formats = new LinkedHashMap<>();
        NodeList disks = parse(must("dumpxml")).getElementsByTagName("disk");
        for (int i = 0; i < disks.getLength(); i++) {
            if (disks.item(i) instanceof Element disk
                    && disk.getAttribute("device").equals("disk")) {
                formats.put(attribute(disk, "target", "dev"), attribute(disk, "driver", "type"));
            }
        }
        return formats;
    }

    /** What the machine's firmware remembers now; empty without UEFI. */
    Map<String, byte[]> firmwareMemory() throws IOException {
        if (parse(must("dumpxml")).getElementsByTagName("nvram").item(0) instanceof Element flash
                && List.of("", "raw").contains(flash.getAttribute("format"))) {
            String file = flash.getTextContent().strip();
            return FirmwareMemory.read(
                    Path.of(file.isEmpty() ? attribute(flash, "source", "file") : file));
        }
        return Map.of();
    }

    private static String attribute(Element parent, String child, String attribute) {
        return parent.getElementsByTagName(child).item(0) instanceof Element element
                ? element.getAttribute(attribute)
                : "";
    }

    /** What runs as the machine's backup job; empty when none does. */
    String backupJob() throws IOException {
        ProgramRunner.Result job = run("backup-dumpxml");
        return job.succeeded() ? job.output() : "";
    }

    /** Ends the backup job and waits until it is gone: libvirt only begins to end it. */
    void endBackupJob() throws IOException {
        run("domjobabort");
        for (int i = 0; i < ENDING_LIMIT; i++) {
            if (backupJob().isEmpty()) {
                return;
            }
        }
        throw new IOException("the backup job of " + name + " does not end");
    }

    /** Our checkpoints, the oldest first. */
    List<String> checkpoints() throws IOException {
        return must("checkpoint-list", "--name", "--topological")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(OURS))
                .toList();
    }

    /** Deletes a checkpoint, if it is there; what it recorded is added to its parent's record. */
    void deleteCheckpoint(String checkpoint) throws IOException {
        boolean deleted =
                !checkpoints().contains(checkpoint)
                        || run("checkpoint-delete", checkpoint).succeeded();
        if (!deleted) {
            // Its record is broken or gone: what is left is only its name.
            must("checkpoint-delete", checkpoint, "--metadata");
        }
    }

    private static Document parse(String xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException damaged) {
            throw new IOException("libvirt's description cannot be read", damaged);
        }
    }
}
