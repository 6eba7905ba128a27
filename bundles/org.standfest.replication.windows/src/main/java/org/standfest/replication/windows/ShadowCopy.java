package org.standfest.replication.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shadow copy of one volume.
 *
 * @param id its GUID in braces
 * @param device its device, {@code \\?\GLOBALROOT\Device\HarddiskVolumeShadowCopyN}
 */
record ShadowCopy(String id, String device) {

    private static final String GUID = "\\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\\}";
    private static final String DEVICE =
            "\\\\\\\\\\?\\\\GLOBALROOT\\\\Device\\\\HarddiskVolumeShadowCopy\\d{1,9}";

    // Words around them are in the language of the machine, so only the shapes are looked for.
    private static final Pattern PAIR =
            Pattern.compile("(?s)(?<id>" + GUID + ")(?<between>.*?)(?<device>" + DEVICE + ")");
    private static final Pattern ANY_GUID = Pattern.compile(GUID);

    /**
     * The shadow copies in what {@code diskshadow} or our PowerShell script printed, in their
     * order. Of several GUIDs before a device the copy's own is the one of {@code Shadow copy ID},
     * which is the last that is followed by its set's and its volume's.
     */
    static List<ShadowCopy> in(String output) {
        List<ShadowCopy> found = new ArrayList<>();
        Matcher matcher = PAIR.matcher(output);
        int from = 0;
        while (matcher.find(from)) {
            String before = output.substring(from, matcher.end());
            Optional<String> id = named(before);
            found.add(new ShadowCopy(id.orElse(matcher.group("id")), matcher.group("device")));
            from = matcher.end();
        }
        return found;
    }

    /**
     * diskshadow lists a copy as {@code * Shadow copy ID = {GUID}}: the star is in every language.
     */
    private static Optional<String> named(String text) {
        int star = text.lastIndexOf("* ");
        if (star < 0) {
            return Optional.empty();
        }
        Matcher guid = ANY_GUID.matcher(text);
        return guid.find(star) ? Optional.of(guid.group()) : Optional.empty();
    }

    /** The path of something on the volume as it was. */
    static String linkTarget(ShadowCopy copy) {
        // Without the backslash at the end Windows takes the device and not its root folder.
        return copy.device() + "\\";
    }

    /** {@code C:\} of {@code C:\Data\x}; empty for anything else. */
    static Optional<String> volumeOf(String address) {
        return address.matches("[A-Za-z]:\\\\.*")
                ? Optional.of(address.substring(0, 3).toUpperCase(Locale.ROOT))
                : Optional.empty();
    }
}
