/**
 * Tells clients where a system serves now: addresses taken over with gratuitous ARP, and records of
 * name servers, as steps of the plans that can be taken back.
 */
package org.standfest.announcement;
