/** Fits images of Linux systems to other hardware, through libguestfs. */
package org.standfest.adaptation.guestfish;
