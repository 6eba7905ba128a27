/** How topology files are parsed, migrated, bound to the model and written. */
package org.standfest.topology.files.internal;
