package org.standfest.hypervisor;

import org.standfest.results.Explanation;

/**
 * Whether somebody on this host holds an image.
 *
 * @param held a process uses it and lets nobody else write to it
 * @param reason how that was found, in words
 */
public record ImageUse(boolean held, Explanation reason) {}
