/** Generated companions of the topology's model: switch, adapter factory and validator. */
package org.standfest.topology.util;
