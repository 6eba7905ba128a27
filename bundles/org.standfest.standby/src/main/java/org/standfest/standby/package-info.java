/**
 * The standby server: keeps the image pool behind one port, watches the systems, starts their
 * images and brings them home.
 */
package org.standfest.standby;
