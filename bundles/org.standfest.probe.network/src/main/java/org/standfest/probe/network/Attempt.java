package org.standfest.probe.network;

import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.probe.Verdict.Answer;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** One test in the making: keeps the time, the words and the promise that a probe never throws. */
final class Attempt {

    private static final Catalog TEXTS = Catalog.beside(Attempt.class);
    private static final Duration GRACE = Duration.ofMillis(500);

    private final String kind;
    private final ProbeTarget target;
    private final long startNanos;
    private final Duration limit;

    private Attempt(String kind, ProbeTarget target, Duration limit) {
        this.kind = kind;
        this.target = target;
        this.limit = limit;
        this.startNanos = System.nanoTime();
    }

    /** What a probe does. */
    interface Work {
        Verdict run(Attempt attempt) throws IOException, InterruptedException;
    }

    /**
     * Runs a test in a thread of its own, because looking up a name cannot be given a limit.
     *
     * @return what the work says; inconclusive when it is not done in time or fails in a way it did
     *     not foresee
     */
    static Verdict of(String kind, ProbeTarget target, Duration limit, Work work) {
        Attempt attempt = new Attempt(kind, target, limit);
        AtomicReference<Verdict> result = new AtomicReference<>();
        Thread worker =
                Thread.ofVirtual()
                        .name("probe-" + kind)
                        .start(() -> result.set(attempt.guarded(work)));
        try {
            worker.join(limit.plus(GRACE));
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
        Verdict verdict = result.get();
        if (verdict == null) {
            worker.interrupt();
            return attempt.inconclusive("probe.late");
        }
        return verdict;
    }

    private Verdict guarded(Work work) {
        try {
            return work.run(this);
        } catch (UnknownHostException unknown) {
            return inconclusive("probe.name");
        } catch (IOException | RuntimeException fault) {
            return inconclusive("probe.fault", String.valueOf(fault.getMessage()));
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return inconclusive("probe.late");
        }
    }

    ProbeTarget target() {
        return target;
    }

    /** What is left of the limit, at least one millisecond. */
    Duration left() {
        Duration left = limit.minus(took());
        return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
    }

    /** The address of the target. */
    InetAddress address() throws UnknownHostException {
        return InetAddress.getByName(target.host());
    }

    /** Whether an address belongs to this host: then this host itself answers for it. */
    static boolean isOwn(InetAddress address) throws IOException {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || NetworkInterface.getByInetAddress(address) != null;
    }

    Verdict positive(String code, Object... more) {
        return verdict(Answer.POSITIVE, code, more);
    }

    Verdict negative(String code, Object... more) {
        return verdict(Answer.NEGATIVE, code, more);
    }

    Verdict inconclusive(String code, Object... more) {
        return verdict(Answer.INCONCLUSIVE, code, more);
    }

    /** The texts' first placeholder is the target, the second the limit in seconds; more follow. */
    private Verdict verdict(Answer answer, String code, Object... more) {
        Object[] arguments = new Object[more.length + 2];
        arguments[0] = target;
        arguments[1] = limit.toMillis() / 1000.0;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return verdict(answer, TEXTS.explain(code, arguments));
    }

    private Verdict verdict(Answer answer, Explanation why) {
        return new Verdict(kind, target.toString(), answer, why, took());
    }

    /** Why there can be no test at all. */
    Verdict inconclusive(Explanation why) {
        return verdict(Answer.INCONCLUSIVE, why);
    }

    /** One of this bundle's texts. */
    static Explanation text(String code, Object... arguments) {
        return TEXTS.explain(code, arguments);
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
