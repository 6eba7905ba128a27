/** What every hypervisor must do, as a suite that its author runs with three lines. */
package org.standfest.hypervisor.conformance;
