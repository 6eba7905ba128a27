package org.standfest.probe;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rule by which Standfest believes that a machine is gone and its address is free, before it
 * starts the machine elsewhere. Two copies alive are worse than a longer outage, so the rule errs
 * towards "not proved":
 *
 * <ol>
 *   <li>One positive verdict of any kind: not proved, something lives.
 *   <li>Otherwise, fewer than {@code independent} different kinds that say negative: not proved,
 *       too little was seen. Several negatives of one kind count once; an inconclusive verdict
 *       counts for nothing.
 *   <li>Otherwise: proved.
 * </ol>
 *
 * A person may go on without proof; that is the recovery plan's business, and it is journaled
 * there.
 *
 * @param independent how many different kinds must say negative, at least 1; two is the usual
 */
public record GoneRule(int independent) {

    private static final Catalog TEXTS = Catalog.beside(GoneRule.class);

    /** Checks the number. */
    public GoneRule {
        if (independent < 1) {
            throw new IllegalArgumentException("independent kinds " + independent);
        }
    }

    /** Draws the conclusion. */
    public Conclusion conclude(List<Verdict> verdicts) {
        List<Verdict> alive =
                verdicts.stream().filter(v -> v.answer() == Verdict.Answer.POSITIVE).toList();
        if (!alive.isEmpty()) {
            Verdict first = alive.getFirst();
            return new Conclusion(
                    false, TEXTS.explain("gone.alive", first.target(), names(alive)), verdicts);
        }
        List<Verdict> gone =
                verdicts.stream().filter(v -> v.answer() == Verdict.Answer.NEGATIVE).toList();
        Set<String> kinds = gone.stream().map(Verdict::probe).collect(Collectors.toSet());
        if (kinds.size() < independent) {
            return new Conclusion(
                    false, TEXTS.explain("gone.not-proved", kinds.size(), independent), verdicts);
        }
        return new Conclusion(
                true, TEXTS.explain("gone.proved", kinds.size(), names(gone)), verdicts);
    }

    private static String names(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(Verdict::probe)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /**
     * What the rule concludes.
     *
     * @param proved the machine is gone and its address is free
     * @param reason why, in words
     * @param verdicts what it rests on, each with its own reason
     */
    public record Conclusion(boolean proved, Explanation reason, List<Verdict> verdicts) {

        /** Copies the list. */
        public Conclusion {
            verdicts = List.copyOf(verdicts);
        }
    }
}
