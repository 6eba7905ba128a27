/** Consistency groups: several systems whose recovery points show one instant, or none of them. */
package org.standfest.replication.engine.groups;
