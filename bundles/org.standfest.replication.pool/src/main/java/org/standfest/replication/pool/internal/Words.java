package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.ImagePool;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;

/** The pool's texts, and the edge where exceptions become outcomes. */
final class Words {

    private static final Catalog CATALOG = Catalog.beside(ImagePool.class);

    private Words() {}

    static Explanation explain(String code, Object... arguments) {
        return CATALOG.explain(code, arguments);
    }

    /**
     * Runs an act of the pool; what is expected to go wrong becomes an outcome, bugs pass through.
     */
    static <T> Outcome<T> outcome(Callable<T> act) {
        try {
            return Outcome.done(act.call());
        } catch (Refusal refusal) {
            return Outcome.refused(refusal.explanation());
        } catch (IOException failed) {
            return Outcome.failed(explain(failed), failed);
        } catch (RuntimeException bug) {
            throw bug;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether a call failed for want of room. */
    static boolean isFull(IOException failed) {
        String message = String.valueOf(failed.getMessage());
        return message.contains("No space left")
                || message.endsWith("error 28")
                || message.contains("quota");
    }

    private static Explanation explain(IOException failed) {
        String message = String.valueOf(failed.getMessage());
        if (failed instanceof NoRoomToFinish) {
            return explain("pool.decided-full", message);
        }
        if (isFull(failed)) {
            return explain("pool.disk-full-while-writing");
        }
        if (failed instanceof Damage damage) {
            return explain("pool.damaged", damage.getMessage());
        }
        String what = failed instanceof FileSystemException file ? file.getMessage() : message;
        return explain("pool.io-failed", what);
    }
}
