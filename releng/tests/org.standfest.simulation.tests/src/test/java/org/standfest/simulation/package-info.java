/** Proof by destruction: many seeded lives, safeguards switched off, real deaths, hostile bytes. */
package org.standfest.simulation;
