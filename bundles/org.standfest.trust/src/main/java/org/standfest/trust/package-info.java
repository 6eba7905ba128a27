/**
 * Who is who: the standby's certificate authority, identities, one-time enrolment codes,
 * revocation.
 */
package org.standfest.trust;
