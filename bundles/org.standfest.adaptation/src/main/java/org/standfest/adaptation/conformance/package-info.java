/** What every adapter of images must do, as a test for its author. */
package org.standfest.adaptation.conformance;
