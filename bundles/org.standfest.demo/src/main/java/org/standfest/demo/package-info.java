/**
 * The whole journey once, on real machines: outage, emergency operation, return, and the proof of
 * what was kept.
 */
package org.standfest.demo;
