package org.standfest.replication.engine;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Who is next: start-time fair queueing (P. Goyal and others, SIGCOMM 1996). Whoever has something
 * waiting all the time gets a share of what is handed out in proportion to his weight; who was
 * silent for a while cannot save anything up. Pure calculation, for one thread at a time.
 */
final class FairQueue {

    private final PriorityQueue<Ticket> waiting =
            new PriorityQueue<>(
                    Comparator.comparingDouble((Ticket ticket) -> ticket.start)
                            .thenComparingLong(ticket -> ticket.number));
    private double now;
    private long numbers;

    /** One of those who share. */
    static final class Party {

        private final double weight;
        private double finish;

        /**
         * @param weight more than 0; twice the weight is twice the share
         */
        Party(double weight) {
            if (!(weight > 0)) {
                throw new IllegalArgumentException("weight " + weight);
            }
            this.weight = weight;
        }
    }

    /** Something that waits for its turn. */
    static final class Ticket {

        private final double start;
        private final long number;
        private final long cost;

        private Ticket(double start, long number, long cost) {
            this.start = start;
            this.number = number;
            this.cost = cost;
        }

        long cost() {
            return cost;
        }
    }

    /** Queues something of a cost, 0 or more. */
    Ticket join(Party party, long cost) {
        double start = Math.max(now, party.finish);
        party.finish = start + cost / party.weight;
        Ticket ticket = new Ticket(start, numbers++, cost);
        waiting.add(ticket);
        return ticket;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whose turn it is; {@code null} when nobody waits. */
    Ticket first() {
        return waiting.peek();
    }

    /** Takes the first one out: it has its turn now. */
    Ticket serve() {
        Ticket first = waiting.remove();
        now = Math.max(now, first.start);
        return first;
    }

    /** Takes one out that does not want to wait any more. */
    void leave(Ticket ticket) {
        waiting.remove(ticket);
    }
}
