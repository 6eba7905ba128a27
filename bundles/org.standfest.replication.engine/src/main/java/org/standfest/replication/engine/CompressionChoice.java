package org.standfest.replication.engine;

import java.util.regex.Pattern;

/** How much a session compresses. */
public sealed interface CompressionChoice {

    /** As the measured line demands; not at all where it is faster than compression. */
    record Auto() implements CompressionChoice {}

    /** Never. */
    record Off() implements CompressionChoice {}

    /** Always: as much as neither the line nor the processor waits for. */
    record Always() implements CompressionChoice {}

    /**
     * Always as much.
     *
     * @param level a level of Zstandard, {@value #LOWEST} to {@value #HIGHEST}, not 0; negative
     *     ones are faster than 1
     */
    record Level(int level) implements CompressionChoice {

        private static final int LOWEST = -7;
        private static final int HIGHEST = 19;

        /** Checks the range. */
        public Level {
            if (level < LOWEST || level > HIGHEST || level == 0) {
                throw new IllegalArgumentException("level " + level);
            }
        }
    }

    /** A number that is a {@link Level}. */
    Pattern NUMBER = Pattern.compile("-[1-7]|[1-9]|1[0-9]");

    /** What the option {@link SessionSender#COMPRESS} of a volume says, or Auto. */
    static CompressionChoice of(String option) {
        return switch (option) {
            case "on" -> new Always();
            case "off", "0" -> new Off();
            default ->
                    NUMBER.matcher(option).matches()
                            ? new Level(Integer.parseInt(option))
                            : new Auto();
        };
    }
}
