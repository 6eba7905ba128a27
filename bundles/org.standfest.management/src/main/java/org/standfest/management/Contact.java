package org.standfest.management;

import java.util.Objects;

/**
 * Somebody who is called when a system has failed.
 *
 * @param name name of the person or place, 1 to 128 characters
 * @param duty what this person can help with, at most 200 characters
 * @param phone number as it is dialled, 1 to 64 characters
 */
public record Contact(String name, String duty, String phone) {

    private static final int DUTY_CHARACTERS = 200;
    private static final int PHONE_CHARACTERS = 64;

    /** Checks the lengths; throws IllegalArgumentException. */
    public Contact {
        Limits.name(name);
        Objects.requireNonNull(duty);
        if (duty.length() > DUTY_CHARACTERS
                || phone.isBlank()
                || phone.length() > PHONE_CHARACTERS) {
            throw new IllegalArgumentException("duty or phone");
        }
    }
}
