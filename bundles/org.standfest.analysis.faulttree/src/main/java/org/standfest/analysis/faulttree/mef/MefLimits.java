package org.standfest.analysis.faulttree.mef;

/**
 * What a file may hold at most.
 *
 * @param elementsMax XML elements
 * @param depthMax levels of nesting
 * @param nameLengthMax characters of a name
 */
public record MefLimits(int elementsMax, int depthMax, int nameLengthMax) {

    /** 5 million elements, 90 levels, 1,000 characters. */
    public static final MefLimits STANDARD = new MefLimits(5_000_000, 90, 1_000);
}
