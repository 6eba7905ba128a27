package org.standfest.replication.windows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An owner and an access control list as bytes that travel as an extended attribute: UTF-8, the
 * first line {@code acl 1}, then {@code owner NAME}, then a line for each entry in its order: type,
 * permissions and flags as sorted words joined by commas ({@code -} for none), name.
 */
final class AccessList {

    /** The extended attribute that carries it. */
    static final String ATTRIBUTE = "windows.acl";

    private static final String HEAD = "acl 1";
    private static final int ENTRIES_LIMIT = 1820;

    private AccessList() {}

    /** Finds a principal by its name. */
    interface Principals {
        UserPrincipal named(String name) throws IOException;
    }

    /**
     * What was read.
     *
     * @param owner the owner
     * @param entries in their order, which matters
     */
    record Read(UserPrincipal owner, List<AclEntry> entries) {}

    static byte[] write(UserPrincipal owner, List<AclEntry> entries) {
        StringBuilder text = new StringBuilder(HEAD).append("\nowner ").append(owner.getName());
        for (AclEntry entry : entries) {
            text.append('\n')
                    .append(entry.type().name().toLowerCase(Locale.ROOT))
                    .append(' ')
                    .append(words(entry.permissions()))
                    .append(' ')
                    .append(words(entry.flags()))
                    .append(' ')
                    .append(entry.principal().getName());
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static <E extends Enum<E>> String words(Set<E> all) {
        return all.isEmpty()
                ? "-"
                : String.join(
                        ",",
                        all.stream()
                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList());
    }

    /**
     * Reads it.
     *
     * @throws IOException it is damaged, has more than 1820 entries (what 64 KiB of an NTFS list
     *     hold), or names somebody who does not exist here
     */
    static Read read(byte[] bytes, Principals principals) throws IOException {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        if (lines.size() < 2
                || lines.size() > ENTRIES_LIMIT + 2
                || !lines.get(0).equals(HEAD)
                || !lines.get(1).startsWith("owner ")) {
            throw new IOException("not an access control list");
        }
        UserPrincipal owner = principals.named(lines.get(1).substring("owner ".length()));
        List<AclEntry> entries = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            String[] parts = line.split(" ", 4);
            if (parts.length != 4) {
                throw new IOException("not an entry of an access control list");
            }
            try {
                entries.add(
                        AclEntry.newBuilder()
                                .setType(AclEntryType.valueOf(parts[0].toUpperCase(Locale.ROOT)))
                                .setPermissions(set(AclEntryPermission.class, parts[1]))
                                .setFlags(set(AclEntryFlag.class, parts[2]))
                                .setPrincipal(principals.named(parts[3]))
                                .build());
            } catch (IllegalArgumentException unknown) {
                throw new IOException("an access control list with " + line, unknown);
            }
        }
        return new Read(owner, entries);
    }

    private static <E extends Enum<E>> Set<E> set(Class<E> kind, String words) {
        Set<E> all = EnumSet.noneOf(kind);
        if (!words.equals("-")) {
            Arrays.stream(words.split(","))
                    .map(word -> Enum.valueOf(kind, word.toUpperCase(Locale.ROOT)))
                    .forEach(all::add);
        }
        return all;
    }
}
