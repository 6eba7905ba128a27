package org.standfest.topology.check.internal;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A network as address and prefix length. Only literal addresses are understood; nothing is looked
 * up.
 */
public record IpRange(byte[] address, int prefixLength) {

    private static final int TRIED = 4096;

    private static final Pattern V4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    static boolean isAddress(String text) {
        return bytes(text).isPresent();
    }

    /** Reads "192.0.2.0/24". */
    public static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return bytes(text.substring(0, slash))
                .filter(it -> prefix <= it.length * 8)
                .map(it -> new IpRange(it, prefix));
    }

    /** Whether an address lies in it. */
    public boolean contains(String text) {
        Optional<byte[]> other = bytes(text);
        if (other.isEmpty() || other.get().length != address.length) {
            return false;
        }
        int shift = address.length * 8 - prefixLength;
        return new BigInteger(1, address)
                .shiftRight(shift)
                .equals(new BigInteger(1, other.get()).shiftRight(shift));
    }

    /**
     * The first address for a machine that is not taken; empty where the first {@value #TRIED} are.
     */
    public Optional<String> firstFree(Set<String> taken) {
        int bits = address.length * 8 - prefixLength;
        BigInteger size = BigInteger.ONE.shiftLeft(bits);
        BigInteger start = new BigInteger(1, address).shiftRight(bits).shiftLeft(bits);
        Set<BigInteger> used = new HashSet<>();
        for (String each : taken) {
            if (each != null) {
                bytes(each).ifPresent(it -> used.add(new BigInteger(1, it)));
            }
        }
        // The first is the network's own, the last in IPv4 everybody's, the next a router's.
        long last = size.min(BigInteger.valueOf(TRIED)).longValueExact() - 1;
        for (long i = 2; i < last; i++) {
            BigInteger next = start.add(BigInteger.valueOf(i));
            if (!used.contains(next)) {
                return Optional.of(text(next));
            }
        }
        return Optional.empty();
    }

    private String text(BigInteger value) {
        byte[] digits = value.toByteArray();
        byte[] full = new byte[address.length];
        int length = Math.min(digits.length, full.length);
        System.arraycopy(digits, digits.length - length, full, full.length - length, length);
        try {
            return InetAddress.getByAddress(full).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes", impossible);
        }
    }

    private static Optional<byte[]> bytes(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
