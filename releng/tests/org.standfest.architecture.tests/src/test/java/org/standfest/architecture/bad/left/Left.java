package org.standfest.architecture.bad.left;

import org.standfest.architecture.bad.right.Right;

/** One half of a circle that the rule must refuse. */
public record Left(Right right) {}
