package org.standfest.management;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * How one system is replaced.
 *
 * @param systemId the system
 * @param priority 1 (first) to 9: who gets a place of the standby when there are not enough
 * @param ways how, the first one first, each once; {@link ReplacementWay#SPARE} is a way home and
 *     stands beside one of the others: it is served by the standby until the spare machine is in
 * @param network the branch's network, {@code 192.0.2.0/24}; empty if it is not carried
 * @param gateway an address that answers whenever the branch is reached, {@code 192.0.2.1}; empty
 *     if it is served where the standby stands
 */
public record SystemReplacement(
        String systemId, int priority, List<ReplacementWay> ways, String network, String gateway) {

    private static final int LOWEST = 9;
    private static final String NUMBER = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final String ADDRESS = NUMBER + "(\\." + NUMBER + "){3}";

    /** Checks the ranges; throws IllegalArgumentException. */
    public SystemReplacement {
        Limits.name(systemId);
        ways = List.copyOf(ways);
        Objects.requireNonNull(network);
        Objects.requireNonNull(gateway);
        if (priority < 1 || priority > LOWEST) {
            throw new IllegalArgumentException("priority " + priority);
        }
        if (new HashSet<>(ways).size() != ways.size()
                || ways.equals(List.of(ReplacementWay.SPARE))) {
            throw new IllegalArgumentException("ways " + ways);
        }
        boolean carried = ways.contains(ReplacementWay.CARRIED);
        if (carried || ways.contains(ReplacementWay.VPN) || !gateway.isEmpty()) {
            require(gateway.matches(ADDRESS), "gateway " + gateway);
        }
        if (carried || !network.isEmpty()) {
            require(network.matches(ADDRESS + "/(3[0-2]|[12]?[0-9])"), "network " + network);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }

    /** A system without rules of its own. */
    public static SystemReplacement of(String systemId) {
        return new SystemReplacement(systemId, 5, List.of(ReplacementWay.HERE), "", "");
    }

    /** The way to the standby that is taken now. */
    public ReplacementWay first() {
        return ways.stream()
                .filter(way -> way != ReplacementWay.SPARE)
                .findFirst()
                .orElse(ReplacementWay.HERE);
    }

    /** The same with one of its ways before the others; throws if it is not one of them. */
    public SystemReplacement with(ReplacementWay chosen) {
        require(ways.contains(chosen), "way " + chosen);
        List<ReplacementWay> others = ways.stream().filter(way -> way != chosen).toList();
        List<ReplacementWay> all = new java.util.ArrayList<>(List.of(chosen));
        all.addAll(others);
        return new SystemReplacement(systemId, priority, all, network, gateway);
    }
}
