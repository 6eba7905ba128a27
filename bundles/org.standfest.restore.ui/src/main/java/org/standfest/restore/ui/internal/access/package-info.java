/** How the program gets to a standby: enrolment, identity, connection. */
package org.standfest.restore.ui.internal.access;
