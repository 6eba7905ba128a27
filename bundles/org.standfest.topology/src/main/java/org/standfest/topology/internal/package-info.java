/** Generated classes behind the topology's interfaces; nobody imports them. */
package org.standfest.topology.internal;
