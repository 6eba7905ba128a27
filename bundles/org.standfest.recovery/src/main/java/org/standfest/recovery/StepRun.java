package org.standfest.recovery;

import org.standfest.probe.Verdict;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a step sees of the operation it belongs to. For the thread that runs the step. */
public interface StepRun {

    /** The system. */
    String systemId();

    /** The operation. */
    String operationId();

    /** A fact that the request or an earlier step wrote down. */
    Optional<String> fact(String key);

    /** Writes a fact down; durable when this returns. At most 4096 characters. */
    void fact(String key, String value);

    /** Removes a fact; durable when this returns. */
    void forget(String key);

    /** Writes down what the witnesses said; replaces what they said before. */
    void witnesses(List<Verdict> verdicts);

    /** Whether the person who asked has confirmed the explanation with this code. */
    boolean confirmed(String code);

    /**
     * Reports progress.
     *
     * @param done how much is done
     * @param total how much there is; -1 if unknown
     */
    void progress(long done, long total);

    /**
     * Reports what the step has moved over the wire in the end.
     *
     * @param bytes bytes in both directions
     */
    void moved(long bytes);

    /**
     * Whether somebody wants the operation to stop, or the step has used up its time. Never true
     * while it is taken back.
     */
    boolean cancelled();

    /** What a step returns when it stopped because of {@link #cancelled}. */
    Outcome<Void> cancelledOutcome();

    /** The clock's time. */
    Instant now();

    /** Writes the times of the outage down, as far as this step knows them. */
    void servedAgain(Instant at);
}
