/**
 * Framed channels on TLS 1.3: the standby's listener, the client's connector, limits, time-outs and
 * back-pressure.
 */
package org.standfest.replication.transport;
