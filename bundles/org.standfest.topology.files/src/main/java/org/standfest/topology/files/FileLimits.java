package org.standfest.topology.files;

/**
 * How much a reader of topology files accepts. What exceeds a limit is refused before it costs
 * memory.
 *
 * @param sizeBytes the largest file
 * @param elements the most elements
 * @param depth the deepest nesting of elements
 * @param attributesPerElement the most attributes of one element
 * @param tagCharacters the longest element without its children, from one {@code <} to the next
 */
public record FileLimits(
        long sizeBytes, int elements, int depth, int attributesPerElement, int tagCharacters) {

    /**
     * What the products use: 128 MiB, 500,000 elements, 16 levels, 64 attributes, 4 Mi characters
     * for one element (a list of 100,000 references).
     */
    public static final FileLimits STANDARD = new FileLimits(128L << 20, 500_000, 16, 64, 4 << 20);

    /** Checks that every limit is positive. */
    public FileLimits {
        if (Math.min(sizeBytes, Math.min(elements, depth)) <= 0
                || Math.min(attributesPerElement, tagCharacters) <= 0) {
            throw new IllegalArgumentException("a limit must be positive");
        }
    }
}
