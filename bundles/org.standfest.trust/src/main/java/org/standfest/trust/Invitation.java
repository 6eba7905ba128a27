package org.standfest.trust;

import java.time.Instant;

/**
 * A one-time code and what it is good for. Only here the code is seen in full; the standby keeps a
 * hash of its secret.
 *
 * @param code what the newcomer types
 * @param label whom it is for, in the administrator's words
 * @param grant what the newcomer may do
 * @param validUntil when it expires unused
 */
public record Invitation(EnrolmentCode code, String label, Grant grant, Instant validUntil) {}
