/** The plans of a standby, made of steps that reach the world through ports. */
package org.standfest.recovery.plans;
