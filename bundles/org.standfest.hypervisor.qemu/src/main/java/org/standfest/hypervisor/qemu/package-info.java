/**
 * QEMU as a hypervisor, as a source of consistent snapshots with change tracking, and as a place
 * systems return to.
 */
package org.standfest.hypervisor.qemu;
