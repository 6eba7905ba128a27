package org.standfest.replication.engine.groups;

import org.standfest.replication.protocol.GroupMessage;
import org.standfest.replication.protocol.GroupMessage.Order;
import org.standfest.replication.protocol.GroupMessage.Step;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An agent's part in consistency groups: follows the standby's orders for its systems, and lets go
 * of everything by itself when they stop coming. Safe for any thread; nothing of it blocks the
 * caller.
 */
public final class GroupMember implements AutoCloseable {

    private static final int RUNS_LIMIT = 256;
    private static final int REMEMBERED = 1000;

    private final GroupHost host;
    private final Consumer<GroupMessage> line;
    private final Supplier<Locale> language;
    private final InstantSource clock;
    private final ThreadFactory threads;
    private final Map<String, MemberRun> runs = new ConcurrentHashMap<>();
    private final Map<String, Boolean> over =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /**
     * @param line sends to the standby; drops what it is given while there is no line
     * @param language of texts for the standby
     * @param threads for work that blocks
     */
    public GroupMember(
            GroupHost host,
            Consumer<GroupMessage> line,
            Supplier<Locale> language,
            InstantSource clock,
            ThreadFactory threads) {
        this.host = host;
        this.line = line;
        this.language = language;
        this.clock = clock;
        this.threads = threads;
    }

    /** Follows an order of the standby; its answer goes out when it is done. */
    public void handle(Order order) {
        String key = order.runId() + '/' + order.systemId();
        MemberRun run;
        synchronized (over) {
            run = runs.get(key);
            if (run == null) {
                boolean begins =
                        order.step() == Step.PREPARE
                                && !over.containsKey(key)
                                && runs.size() < RUNS_LIMIT;
                if (!begins) {
                    // Orders may overtake each other: what comes after the end is answered so.
                    over.put(key, true);
                    line.accept(MemberRun.settled(order, clock));
                    return;
                }
                run = new MemberRun(order, host, line, language, clock, threads, () -> end(key));
                runs.put(key, run);
            }
        }
        run.order(order);
    }

    private void end(String key) {
        synchronized (over) {
            over.put(key, true);
            runs.remove(key);
        }
    }

    /**
     * The line to the standby stands again: asks what became of runs whose decision was not heard.
     */
    public void lineUp() {
        List.copyOf(runs.values()).forEach(MemberRun::ask);
    }

    /** Looks at the time; to be called every second or so, whether there is a line or not. */
    public void tick() {
        List.copyOf(runs.values()).forEach(MemberRun::tick);
    }

    /** Lets go of everything: applications go on, snapshots are dropped. Idempotent. */
    @Override
    public void close() {
        List.copyOf(runs.values()).forEach(MemberRun::letGo);
    }
}
