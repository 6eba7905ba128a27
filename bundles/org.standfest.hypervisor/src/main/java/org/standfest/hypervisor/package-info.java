/**
 * What a hypervisor must be able to do for Standfest: start a described machine, find it again,
 * stop it, prove it gone.
 */
package org.standfest.hypervisor;
