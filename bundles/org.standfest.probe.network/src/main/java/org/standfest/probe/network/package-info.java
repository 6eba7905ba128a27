/** Tests over the network: TCP, HTTP, ping, ARP, and whether an address of this host can be had. */
package org.standfest.probe.network;
