/** The whole course of a system with the real standby and the real agent. */
package org.standfest.standby.journey;
