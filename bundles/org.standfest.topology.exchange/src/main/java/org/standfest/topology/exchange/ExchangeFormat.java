package org.standfest.topology.exchange;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A foreign format. What of it becomes what is written in {@code docs/exchange.md}. */
public enum ExchangeFormat {
    /** Virtual machines (tab vInfo) and hosts (tab vHost) as RVTools writes them, as CSV. */
    RVTOOLS("rvtools"),
    /** Domains as {@code virsh dumpxml} writes them, one or more in each file. */
    LIBVIRT("libvirt"),
    /** The Open Group's ArchiMate Model Exchange File, version 3. */
    ARCHIMATE("archimate"),
    /** Devices or virtual machines as NetBox exports them, as JSON. */
    NETBOX("netbox");

    private final String word;

    ExchangeFormat(String word) {
        this.word = word;
    }

    /** How it is called on the command line. */
    public String word() {
        return word;
    }

    /** The format of a word. */
    public static Optional<ExchangeFormat> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }

    /** The format that the beginning of a file shows; empty where it shows none. */
    static Optional<ExchangeFormat> seenIn(Source source) {
        String start = source.start().toLowerCase(Locale.ROOT);
        if (start.startsWith("{") || start.startsWith("[")) {
            return Optional.of(NETBOX);
        }
        if (start.startsWith("<")) {
            return start.contains("opengroup.org/xsd/archimate")
                    ? Optional.of(ARCHIMATE)
                    : start.contains("<domain") ? Optional.of(LIBVIRT) : Optional.empty();
        }
        String head = start.lines().findFirst().orElse("");
        return head.contains("vm") || head.contains("host")
                ? Optional.of(RVTOOLS)
                : Optional.empty();
    }
}
