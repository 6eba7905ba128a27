package org.standfest.management;

import java.util.List;

/**
 * How clients find a system that has moved to the standby.
 *
 * @param addresses addresses that the standby takes over while it serves, told to the neighbours by
 *     gratuitous ARP
 * @param names records of name servers that are changed while it serves
 */
public record Announcement(List<TakenAddress> addresses, List<NameRecord> names) {

    /** Nothing has to be told to anybody. */
    public static final Announcement NONE = new Announcement(List.of(), List.of());

    private static final int MOST = 64;

    /** Checks the numbers; throws IllegalArgumentException. */
    public Announcement {
        addresses = List.copyOf(addresses);
        names = List.copyOf(names);
        if (addresses.size() > MOST || names.size() > MOST) {
            throw new IllegalArgumentException("more than 64 addresses or names");
        }
    }

    /** Whether there is nothing to tell. */
    public boolean empty() {
        return addresses.isEmpty() && names.isEmpty();
    }

    /**
     * An IPv4 address that an interface of the standby gets as long as the system serves here.
     *
     * @param address in numbers, for example {@code 192.0.2.10}
     * @param prefixLength of its network, 8 to 32
     * @param networkInterface of the standby, at most 12 characters
     */
    public record TakenAddress(String address, int prefixLength, String networkInterface) {

        /** Checks the form; throws IllegalArgumentException. */
        public TakenAddress {
            String octet = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
            if (!address.matches(octet + "(\\." + octet + "){3}")) {
                throw new IllegalArgumentException("address");
            }
            if (prefixLength < 8 || prefixLength > 32) {
                throw new IllegalArgumentException("prefixLength");
            }
            if (!networkInterface.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,11}")) {
                throw new IllegalArgumentException("networkInterface");
            }
        }
    }

    /**
     * One record of a name server that takes updates (RFC 2136).
     *
     * @param server its address
     * @param port its port, usually 53
     * @param zone the zone that is updated
     * @param name the whole name, in the zone
     * @param type {@code A}, {@code AAAA} or {@code CNAME}
     * @param ttlSeconds how long clients may keep the answer, 0 to 86,400; small, or clients go on
     *     asking the old place
     * @param atHome what the name says in normal operation
     * @param inEmergency what the name says while the standby serves
     * @param key name of the TSIG key's file in the folder {@code keys} of the standby's home;
     *     empty for a server that asks for none
     * @param needed whether a start fails without it; a name server that lies at the place that
     *     failed is better not needed
     */
    public record NameRecord(
            String server,
            int port,
            String zone,
            String name,
            String type,
            int ttlSeconds,
            String atHome,
            String inEmergency,
            String key,
            boolean needed) {

        private static final String LABELS = "[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?";

        /** Checks the form, because a command reads it; throws IllegalArgumentException. */
        public NameRecord {
            check(server.matches("[A-Za-z0-9][A-Za-z0-9.:-]{0,252}"), "server");
            check(port >= 1 && port <= 65_535, "port");
            check(zone.length() <= 253 && zone.matches(LABELS), "zone");
            check(name.length() <= 253 && name.matches(LABELS), "name");
            check(type.matches("A|AAAA|CNAME"), "type");
            check(ttlSeconds >= 0 && ttlSeconds <= 86_400, "ttlSeconds");
            check(isValue(type, atHome), "atHome");
            check(isValue(type, inEmergency), "inEmergency");
            check(key.matches("([A-Za-z0-9][A-Za-z0-9._-]{0,63})?"), "key");
        }

        private static boolean isValue(String type, String value) {
            return switch (type) {
                case "A" -> value.matches("\\d{1,3}(\\.\\d{1,3}){3}");
                case "AAAA" -> value.matches("[0-9A-Fa-f:.]{2,45}");
                default -> value.length() <= 253 && value.matches(LABELS);
            };
        }

        private static void check(boolean holds, String what) {
            if (!holds) {
                throw new IllegalArgumentException(what);
            }
        }
    }
}
