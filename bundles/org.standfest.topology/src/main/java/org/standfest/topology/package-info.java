/**
 * The nouns of a high-availability topology, generated from {@code model/topology.xcore}: what
 * stands where, what runs on it, how it fails and what protects it.
 */
package org.standfest.topology;
