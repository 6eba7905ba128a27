/**
 * A hypervisor that runs nothing: its machines are small servers in this process that keep a ledger
 * on a real disk image, for tests of everything around a machine.
 */
package org.standfest.hypervisor.simulated;
