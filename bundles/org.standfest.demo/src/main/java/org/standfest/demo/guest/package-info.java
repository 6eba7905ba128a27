/**
 * Builds the demo's guest: a small machine that really boots and keeps a ledger, from Debian's own
 * kernel and busybox.
 */
package org.standfest.demo.guest;
