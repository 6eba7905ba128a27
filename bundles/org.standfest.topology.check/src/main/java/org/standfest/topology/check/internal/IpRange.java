package org.standfest.topology.check.internal;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network as address and prefix length. Only literal addresses are understood; nothing is looked
 * up.
 */
record IpRange(byte[] address, int prefixLength) {

    private static final Pattern V4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    static boolean isAddress(String text) {
        return bytes(text).isPresent();
    }

    /** Reads "192.0.2.0/24". */
    static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return bytes(text.substring(0, slash))
                .filter(it -> prefix <= it.length * 8)
                .map(it -> new IpRange(it, prefix));
    }

    boolean contains(String text) {
        Optional<byte[]> other = bytes(text);
        if (other.isEmpty() || other.get().length != address.length) {
            return false;
        }
        int shift = address.length * 8 - prefixLength;
        return new BigInteger(1, address)
                .shiftRight(shift)
                .equals(new BigInteger(1, other.get()).shiftRight(shift));
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
