package org.standfest.hypervisor;

import org.standfest.results.Explanation;

/**
 * Whether somebody on this host holds an image.
 *
 * @param held a process holds it open for writing
 * @param reason how that was found, in words
 */
public record ImageUse(boolean held, Explanation reason) {}
