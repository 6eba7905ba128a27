/**
 * Topologies as files: strict reading within limits, canonical writing, migration of older formats.
 */
package org.standfest.topology.files;
