/**
 * Tests over the network: TCP, HTTP, SMTP, IMAP, DNS, PostgreSQL, MySQL, any Nagios plug-in, ping,
 * ARP, and whether an address of this host can be had.
 */
package org.standfest.probe.network;
