/**
 * What a test of the outside world must be able to do for Standfest, and the written rule that
 * draws a conclusion from several.
 */
package org.standfest.probe;
