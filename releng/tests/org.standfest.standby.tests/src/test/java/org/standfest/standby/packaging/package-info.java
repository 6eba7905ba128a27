/** Tests of what is laid out for a Debian package. */
package org.standfest.standby.packaging;
