package org.standfest.standby.journey;

import org.standfest.adaptation.Adaptation;
import org.standfest.adaptation.Adapted;
import org.standfest.adaptation.ImageAdapter;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** An adapter that notes what it is asked for, and fails if it is told to. */
final class NotingAdapter implements ImageAdapter {

    volatile boolean fails;
    volatile Adaptation order;

    @Override
    public String kind() {
        return "noting";
    }

    @Override
    public Outcome<Void> ready() {
        return Outcome.done();
    }

    @Override
    public Optional<Explanation> problem(Adaptation asked) {
        return Optional.empty();
    }

    @Override
    public Outcome<Adapted> adapt(Adaptation asked, BooleanSupplier cancelled) {
        order = asked;
        return fails
                ? Outcome.failed(
                        Explanation.rendered("noting.failed", "It broke.", "So it is.", "Again."))
                : Outcome.done(new Adapted(asked.here(), List.of("changed nothing")));
    }
}
