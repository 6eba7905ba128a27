package org.standfest.hypervisor.libvirt;

import org.standfest.host.ProgramRunner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers as virsh 9.0 of Debian 12 did, recorded; remembers what it was asked. */
final class RecordedVirsh implements Virsh {

    static final String MACHINE =
            """
            <domain type='qemu' id='1'><name>web</name><devices>
            <disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
            <source file='/images/web.qcow2' index='1'/><target dev='vda' bus='virtio'/></disk>
            <disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>
            </devices></domain>
            """;

    final List<String> asked = new ArrayList<>();
    final Map<String, ProgramRunner.Result> answers = new TreeMap<>();

    RecordedVirsh() {
        answer("domstate", 0, "running\n");
        answer("dumpxml", 0, MACHINE);
        answer(
                "backup-dumpxml",
                1,
                "error: Domain backup job id not found: no domain backup job present\n");
        answer("checkpoint-list", 0, "\n");
    }

    void answer(String command, int exitCode, String output) {
        answers.put(command, new ProgramRunner.Result(exitCode, output));
    }

    long count(String command) {
        return asked.stream().filter(it -> it.startsWith(command + " ")).count();
    }

    @Override
    public ProgramRunner.Result run(Duration limit, List<String> words) {
        if (!words.subList(0, 4).equals(List.of("virsh", "-q", "-c", "qemu:///system"))) {
            throw new IllegalArgumentException(words.toString());
        }
        asked.add(String.join(" ", words.subList(4, words.size())));
        return answers.getOrDefault(words.get(4), new ProgramRunner.Result(0, ""));
    }
}
