package org.standfest.replication.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

class AccessListTest {

    private record Named(String name) implements UserPrincipal {
        @Override
        public String getName() {
            return name;
        }
    }

    private static final UserPrincipal OWNER = new Named("BUILTIN\\Administratoren");
    private static final List<AclEntry> ENTRIES =
            List.of(
                    AclEntry.newBuilder()
                            .setType(AclEntryType.DENY)
                            .setPrincipal(new Named("NT AUTHORITY\\NETWORK SERVICE"))
                            .setPermissions(
                                    AclEntryPermission.WRITE_DATA, AclEntryPermission.DELETE)
                            .build(),
                    AclEntry.newBuilder()
                            .setType(AclEntryType.ALLOW)
                            .setPrincipal(new Named("DOMÄNE\\Frau Müller"))
                            .setPermissions(AclEntryPermission.values())
                            .setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
                            .build());

    private static AccessList.Read read(String text) throws IOException {
        return AccessList.read(text.getBytes(StandardCharsets.UTF_8), Named::new);
    }

    @Test
    void comesBackAsItWasWithItsOrder() throws IOException {
        AccessList.Read read = AccessList.read(AccessList.write(OWNER, ENTRIES), Named::new);
        assertEquals(OWNER, read.owner());
        assertEquals(ENTRIES, read.entries());
    }

    @Test
    void oneListHasOneForm() {
        assertEquals(
                "acl 1\nowner BUILTIN\\Administratoren\n"
                        + "deny delete,write_data - NT AUTHORITY\\NETWORK SERVICE",
                new String(AccessList.write(OWNER, ENTRIES.subList(0, 1)), StandardCharsets.UTF_8));
    }

    @Test
    void refusesWhatIsDamagedOrEndless() {
        for (String wrong :
                List.of(
                        "",
                        "acl 2\nowner a",
                        "acl 1\nnobody",
                        "acl 1\nowner a\nallow read_data",
                        "acl 1\nowner a\nallow fly - b",
                        "acl 1\nowner a" + "\nallow read_data - b".repeat(2000))) {
            assertThrows(IOException.class, () -> read(wrong), wrong);
        }
    }

    @Test
    void anUnknownNameIsAFault() {
        assertThrows(
                IOException.class,
                () ->
                        AccessList.read(
                                AccessList.write(OWNER, ENTRIES),
                                name -> {
                                    throw new IOException("no " + name);
                                }));
    }
}
