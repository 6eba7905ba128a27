package org.standfest.cli;

import org.standfest.command.Invocation;
import org.standfest.management.Contact;
import org.standfest.management.ContactList;
import org.standfest.management.RecoveryCall;
import org.standfest.management.StandbyClient;
import org.standfest.results.Outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code recover contacts}: whom to call in an emergency. With {@code --set} all of them anew, in
 * this order, each as {@code NAME=NUMBER=DUTY}. Stateless.
 */
final class ContactVerbs {

    private static final int PARTS = 3;

    private ContactVerbs() {}

    /** The contacts as typed, separated by semicolons; empty if one is none. */
    static Optional<ContactList> read(String typed) {
        List<Contact> contacts = new ArrayList<>();
        try {
            for (String one : typed.isBlank() ? new String[0] : typed.split(";")) {
                String[] parts = one.split("=", PARTS);
                if (parts.length < 2) {
                    return Optional.empty();
                }
                contacts.add(
                        new Contact(
                                parts[0].strip(),
                                parts.length == PARTS ? parts[2].strip() : "",
                                parts[1].strip()));
            }
            return Optional.of(new ContactList(contacts));
        } catch (IllegalArgumentException tooLong) {
            return Optional.empty();
        }
    }

    static int show(Invocation call, StandbyClient client) {
        return tell(call, client.ask(new RecoveryCall.Contacts()));
    }

    static int set(Invocation call, StandbyClient client, ContactList contacts) {
        return tell(call, client.ask(new RecoveryCall.NameContacts(contacts)));
    }

    private static int tell(Invocation call, Outcome<ContactList> answer) {
        return Talk.tell(
                call,
                answer,
                list -> {
                    if (list.contacts().isEmpty()) {
                        call.out().println(Talk.text(call, "recover.no-contacts"));
                    }
                    for (Contact one : list.contacts()) {
                        call.out().printf("%-24s %-24s %s%n", one.name(), one.phone(), one.duty());
                    }
                });
    }
}
