/** What every snapshot provider must do, as checks that a partner runs against its own provider. */
package org.standfest.replication.source.conformance;
