package org.standfest.hypervisor.libvirt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskFormat;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.NicModel;
import org.standfest.hypervisor.PortForward;
import org.standfest.hypervisor.qemu.QemuMac;
import org.standfest.hypervisor.qemu.UefiFirmware;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The description of a machine as libvirt wants it. The process runs as the user who asks, and
 * nothing is given to another owner: what belongs to a pool stays as it is. Network cards stand in
 * QEMU's own words, because libvirt knows no forwards from the host without another program.
 *
 * @param name the domain's name
 * @param machine what it is made of
 * @param folder where its serial log and the memory of its firmware lie
 * @param owner user and group of its process, in numbers with a plus sign: {@code +0:+0}
 * @param uefi the firmware that starts it; empty for the BIOS that QEMU brings
 * @param accelerated on the processor itself
 */
record DomainXml(
        String name,
        MachineDescription machine,
        LibvirtFolder folder,
        String owner,
        Optional<UefiFirmware> uefi,
        boolean accelerated) {

    /** Above the slots that libvirt gives to a machine's own devices; a PC has 31. */
    private static final int FIRST_CARD_SLOT = 0x10;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

    /** Where a disk is found in the machine: {@code vda}, {@code hdb}, {@code sda}. */
    static String target(MachineDescription machine, String disk) {
        Map<DiskBus, Integer> used = new EnumMap<>(DiskBus.class);
        for (MachineDisk one : machine.disks()) {
            int number = used.merge(one.bus(), 1, Integer::sum) - 1;
            if (one.name().equals(disk)) {
                String prefix =
                        switch (one.bus()) {
                            case VIRTIO -> "vd";
                            case IDE -> "hd";
                            case SCSI -> "sd";
                        };
                return prefix + ALPHABET.charAt(number);
            }
        }
        throw new IllegalArgumentException(disk);
    }

    /**
     * The text.
     *
     * @param cards whether it has its network cards; without them it holds no port of the host
     * @param isolated the guest reaches no network
     */
    String text(boolean cards, boolean isolated) {
        StringBuilder xml = new StringBuilder();
        xml.append("<domain type='").append(accelerated ? "kvm" : "qemu");
        xml.append("' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>");
        element(xml, "name", name);
        // The same one when it is told anew what the machine is made of.
        element(xml, "uuid", UUID.nameUUIDFromBytes(name.getBytes(US_ASCII)).toString());
        element(xml, "title", machine.name());
        xml.append("<memory unit='MiB'>").append(machine.memoryMiB()).append("</memory>");
        xml.append("<vcpu>").append(machine.cpus()).append("</vcpu>");
        xml.append("<os><type arch='x86_64' machine='pc'>hvm</type>");
        uefi.ifPresent(firmware -> firmware(xml, firmware));
        xml.append("</os><features><acpi/></features>");
        xml.append("<cpu mode='").append(accelerated ? "host-passthrough" : "maximum");
        xml.append("'/><clock offset='utc'/><on_poweroff>destroy</on_poweroff>");
        xml.append("<on_reboot>restart</on_reboot><on_crash>destroy</on_crash><devices>");
        disks(xml);
        xml.append("<controller type='usb' model='none'/><serial type='file'><source path='");
        xml.append(escaped(folder.serialLog().toString()));
        xml.append("' append='on'/><target port='0'/></serial><video><model type='vga'/></video>");
        xml.append("<memballoon model='none'/></devices>");
        xml.append("<seclabel type='static' model='dac' relabel='no'><label>");
        xml.append(owner).append("</label></seclabel>");
        if (cards) {
            commandLine(xml, isolated);
        }
        return xml.append("</domain>").toString();
    }

    private void firmware(StringBuilder xml, UefiFirmware firmware) {
        xml.append("<loader readonly='yes' type='pflash'>");
        xml.append(escaped(firmware.code().toString())).append("</loader>");
        element(xml, "nvram", folder.variables().toString());
    }

    private void disks(StringBuilder xml) {
        if (machine.disks().stream().anyMatch(disk -> disk.bus() == DiskBus.SCSI)) {
            xml.append("<controller type='scsi' index='0' model='virtio-scsi'/>");
        }
        int order = 0;
        for (MachineDisk disk : machine.disks()) {
            order++;
            boolean raw = disk.image().format() == DiskFormat.RAW;
            xml.append("<disk type='file' device='disk'><driver name='qemu' type='");
            xml.append(raw ? "raw" : "qcow2").append("' discard='unmap'/><source file='");
            xml.append(escaped(disk.image().file().toString()));
            xml.append("'/><target dev='").append(target(machine, disk.name()));
            xml.append("' bus='").append(bus(disk.bus()));
            xml.append("'/><boot order='").append(order).append("'/></disk>");
        }
    }

    private static String bus(DiskBus bus) {
        return switch (bus) {
            case VIRTIO -> "virtio";
            case IDE -> "ide";
            case SCSI -> "scsi";
        };
    }

    private void commandLine(StringBuilder xml, boolean isolated) {
        xml.append("<qemu:commandline>");
        for (int i = 0; i < machine.nics().size(); i++) {
            MachineNic nic = machine.nics().get(i);
            List<String> net = new ArrayList<>(List.of("user,id=card" + i, "ipv6=off"));
            if (isolated) {
                net.add("restrict=on");
            }
            for (PortForward one : nic.forwards()) {
                net.add(
                        "hostfwd=tcp:%s:%d-:%d"
                                .formatted(one.hostAddress(), one.hostPort(), one.guestPort()));
            }
            String mac =
                    nic.macAddress().isEmpty()
                            ? QemuMac.derived(machine.id(), i)
                            : nic.macAddress();
            argument(xml, "-netdev");
            argument(xml, String.join(",", net));
            argument(xml, "-device");
            argument(
                    xml,
                    "%s,netdev=card%d,mac=%s,romfile=,bus=pci.0,addr=0x%x"
                            .formatted(model(nic.model()), i, mac, FIRST_CARD_SLOT + i));
        }
        xml.append("</qemu:commandline>");
    }

    private static String model(NicModel model) {
        return switch (model) {
            case VIRTIO -> "virtio-net-pci";
            case VMXNET3 -> "vmxnet3";
            case E1000 -> "e1000";
        };
    }

    private static void argument(StringBuilder xml, String value) {
        xml.append("<qemu:arg value='").append(escaped(value)).append("'/>");
    }

    private static void element(StringBuilder xml, String name, String text) {
        xml.append('<').append(name).append('>').append(escaped(text));
        xml.append("</").append(name).append('>');
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&apos;")
                .replace("\"", "&quot;");
    }

    /** Where the text lies while libvirt reads it. */
    Path file() {
        return folder.paper();
    }
}
