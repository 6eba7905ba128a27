package org.standfest.architecture.bad.right;

import org.standfest.architecture.bad.left.Left;

/** The other half. */
public record Right(Left left) {}
