package org.standfest.hypervisor.libvirt;

import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the disks of one machine are found: {@code URI#DOMAIN/TARGET}.
 *
 * @param uri libvirt's, for example {@code qemu:///system}
 * @param domain the machine's name
 * @param volumeByTarget the volumes' names by the disks' targets ({@code vda}), in the order they
 *     were asked for
 */
record DomainAddress(String uri, String domain, Map<String, String> volumeByTarget) {

    // No sign that XML, a file name or an option of virsh could take for something else.
    private static final Pattern SHAPE =
            Pattern.compile(
                    "(?<uri>[a-z][a-zA-Z0-9+.:/@_?=-]{2,200})#"
                            + "(?<domain>[A-Za-z0-9_][A-Za-z0-9_.+ -]{0,63})/"
                            + "(?<target>[a-z]{1,8}[0-9]{0,3})");

    static Outcome<DomainAddress> of(List<VolumeSource> volumes) {
        DomainAddress found = null;
        Map<String, String> targets = new LinkedHashMap<>();
        for (VolumeSource volume : volumes) {
            Matcher matcher = SHAPE.matcher(volume.address());
            boolean fits =
                    volume.kind() == VolumeKind.DISK
                            && volume.provider().equals(LibvirtSnapshotProvider.KIND)
                            && matcher.matches()
                            && targets.put(matcher.group("target"), volume.name()) == null;
            DomainAddress one =
                    fits
                            ? new DomainAddress(
                                    matcher.group("uri"), matcher.group("domain"), targets)
                            : null;
            boolean another =
                    one != null
                            && found != null
                            && !(one.uri().equals(found.uri())
                                    && one.domain().equals(found.domain()));
            if (one == null || another) {
                return Outcome.refused(
                        LibvirtTexts.explain("address", volume.name(), volume.address()));
            }
            found = one;
        }
        return Outcome.done(Optional.ofNullable(found).orElseThrow());
    }
}
