/**
 * What can be asked of a standby and what it answers: the management calls, their client, and the
 * form they have on the wire.
 */
package org.standfest.management;
