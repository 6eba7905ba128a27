/** Fits the demo's guest to other hardware. */
package org.standfest.adaptation.demo;
