/** The contract for fitting a started copy of a system to other hardware than its own. */
package org.standfest.adaptation;
