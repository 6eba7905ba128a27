package org.standfest.hypervisor.qemu;

import com.google.gson.JsonObject;

import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskFormat;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.PortForward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of one machine. Values that could hold a comma are handed over as JSON or have
 * it doubled, so that no name can add an option.
 */
final class QemuCommandLine {

    private final List<String> words = new ArrayList<>();

    private QemuCommandLine() {}

    /** The node that carries a disk; what a snapshot provider is told. */
    static String node(String diskName) {
        return "disk-" + diskName;
    }

    /**
     * The words.
     *
     * @param uefi the firmware that starts it; empty for the BIOS that QEMU brings
     * @param accelerated on the processor itself
     * @param isolated the guest reaches no network
     */
    static List<String> of(
            QemuSettings settings,
            MachineDescription machine,
            MachineFolder folder,
            Optional<UefiFirmware> uefi,
            boolean accelerated,
            boolean isolated) {
        QemuCommandLine line = new QemuCommandLine();
        // In a session of its own, the terminal's Ctrl-C does not reach the machine.
        line.add("setsid", settings.system());
        line.add("-name", "guest=" + machine.name().replace(",", ",,"));
        line.add("-machine", "pc,accel=" + (accelerated ? "kvm" : "tcg"));
        line.add("-cpu", accelerated ? "host" : "max");
        line.add("-smp", Integer.toString(machine.cpus()), "-m", machine.memoryMiB() + "M");
        line.add(
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-rtc",
                "base=utc",
                "-boot",
                "strict=on");
        line.add(
                "-sandbox",
                "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
        line.add("-vga", "std");
        line.socket("own", folder.ownSocket());
        line.socket("control", folder.controlSocket());
        line.add(
                "-chardev",
                "file,id=serial,path=" + escaped(folder.serialLog()),
                "-serial",
                "chardev:serial");
        uefi.ifPresent(firmware -> line.firmware(firmware, folder.variables()));
        line.disks(machine.disks());
        for (int i = 0; i < machine.nics().size(); i++) {
            line.nic(machine, i, isolated);
        }
        return List.copyOf(line.words);
    }

    private void firmware(UefiFirmware firmware, Path variables) {
        String flash = "if=pflash,format=raw,unit=";
        add("-drive", flash + "0,readonly=on,file=" + escaped(firmware.code()));
        add("-drive", flash + "1,file=" + escaped(variables));
    }

    private void socket(String id, Path path) {
        add("-chardev", "socket,id=" + id + ",server=on,wait=off,path=" + escaped(path));
        add("-mon", "mode=control,chardev=" + id);
    }

    private void disks(List<MachineDisk> disks) {
        Set<DiskBus> controllers = new HashSet<>();
        for (int i = 0; i < disks.size(); i++) {
            MachineDisk disk = disks.get(i);
            if (disk.bus() == DiskBus.SCSI && controllers.add(DiskBus.SCSI)) {
                add("-device", "virtio-scsi-pci,id=scsi");
            }
            String image = disk.image().file().toString();
            JsonObject file = new JsonObject();
            file.addProperty("driver", "file");
            file.addProperty("node-name", "file-" + disk.name());
            file.addProperty("filename", image);
            file.addProperty("discard", "unmap");
            JsonObject node = new JsonObject();
            node.addProperty("driver", disk.image().format() == DiskFormat.RAW ? "raw" : "qcow2");
            node.addProperty("node-name", node(disk.name()));
            node.addProperty("file", "file-" + disk.name());
            node.addProperty("discard", "unmap");
            add("-blockdev", file.toString(), "-blockdev", node.toString());
            String device =
                    switch (disk.bus()) {
                        case VIRTIO -> "virtio-blk-pci";
                        case IDE -> "ide-hd";
                        case SCSI -> "scsi-hd";
                    };
            add(
                    "-device",
                    device
                            + ",drive="
                            + node(disk.name())
                            + ",id=device-"
                            + disk.name()
                            + ",bootindex="
                            + (i + 1));
        }
    }

    private void nic(MachineDescription machine, int index, boolean isolated) {
        MachineNic nic = machine.nics().get(index);
        StringBuilder net = new StringBuilder("user,id=net" + index + ",ipv6=off");
        if (isolated) {
            net.append(",restrict=on");
        }
        for (PortForward forward : nic.forwards()) {
            net.append(",hostfwd=tcp:")
                    .append(forward.hostAddress())
                    .append(':')
                    .append(forward.hostPort());
            net.append("-:").append(forward.guestPort());
        }
        String model =
                switch (nic.model()) {
                    case VIRTIO -> "virtio-net-pci";
                    case VMXNET3 -> "vmxnet3";
                    case E1000 -> "e1000";
                };
        String mac =
                nic.macAddress().isEmpty()
                        ? QemuMac.derived(machine.id(), index)
                        : nic.macAddress();
        add("-netdev", net.toString());
        // Without its boot ROM: a guest that does not boot from its disk must not try the network
        // for a minute.
        add("-device", model + ",netdev=net" + index + ",mac=" + mac + ",romfile=");
    }

    private static String escaped(Path path) {
        return path.toString().replace(",", ",,");
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }
}
