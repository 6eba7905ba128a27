package org.standfest.management;

import java.util.List;

/**
 * Whom to call in an emergency, in this order.
 *
 * @param contacts at most 32
 */
public record ContactList(List<Contact> contacts) {

    private static final int MOST = 32;

    /** Checks the number; throws IllegalArgumentException. */
    public ContactList {
        contacts = List.copyOf(contacts);
        if (contacts.size() > MOST) {
            throw new IllegalArgumentException("more than 32 contacts");
        }
    }
}
