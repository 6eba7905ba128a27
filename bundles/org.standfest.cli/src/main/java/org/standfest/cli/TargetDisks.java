package org.standfest.cli;

import org.standfest.management.ReturnOrder;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code VOLUME[:SIZE[:BUS]]}, for example {@code disk0:64G:scsi}. */
final class TargetDisks {

    private static final Pattern FORM =
            Pattern.compile(
                    "(?<volume>[A-Za-z0-9._-]{1,64})(:(?<size>[0-9]{1,12})(?<unit>[MGT]?))?"
                            + "(:(?<bus>virtio|scsi|ide))?");

    private TargetDisks() {}

    static Optional<ReturnOrder.TargetDisk> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long size = matcher.group("size") == null ? 0 : Long.parseLong(matcher.group("size"));
        String unit = Optional.ofNullable(matcher.group("unit")).orElse("");
        int shift =
                switch (unit) {
                    case "M" -> 20;
                    case "G" -> 30;
                    case "T" -> 40;
                    default -> 0;
                };
        String bus = Optional.ofNullable(matcher.group("bus")).orElse("");
        return size > Long.MAX_VALUE >> shift
                ? Optional.empty()
                : Optional.of(
                        new ReturnOrder.TargetDisk(matcher.group("volume"), size << shift, bus));
    }
}
