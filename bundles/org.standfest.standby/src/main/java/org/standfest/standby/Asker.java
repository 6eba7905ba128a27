package org.standfest.standby;

import org.standfest.management.Role;

import java.util.Locale;

/**
 * Who asks something of the standby.
 *
 * @param who the operator's id; of both when a second person has released it
 * @param role what the operator may do
 * @param language of the answer
 * @param released whether a second person has released what is asked for
 */
record Asker(String who, Role role, Locale language, boolean released) {}
