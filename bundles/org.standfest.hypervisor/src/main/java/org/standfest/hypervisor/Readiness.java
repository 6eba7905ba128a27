package org.standfest.hypervisor;

/**
 * What a hypervisor can do on this host.
 *
 * @param version of the hypervisor program, as it states it
 * @param accelerated whether machines run on the processor itself rather than by emulation; tried,
 *     not guessed
 * @param detail one line for the operator, for example why there is no acceleration
 */
public record Readiness(String version, boolean accelerated, String detail) {}
