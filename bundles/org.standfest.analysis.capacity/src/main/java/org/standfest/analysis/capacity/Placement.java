package org.standfest.analysis.capacity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Whether guests fit onto hosts, hour by hour of the week and by memory, where not every host will
 * do and some guests must stay apart. The largest guest is placed first, on the host that it fills
 * best; when that leads nowhere the search goes back. A search that ended proves its answer; one
 * that ran out of steps says that it does not know.
 */
public final class Placement {

    private Placement() {}

    /**
     * A host with what is still free on it.
     *
     * @param id of the host
     * @param cores that planning may use
     * @param used by guests that stay
     * @param freeMemoryMiB beside the guests that stay
     */
    public record Room(String id, double cores, Week used, long freeMemoryMiB) {}

    /**
     * A guest that needs a place.
     *
     * @param id of the system
     * @param need of processor cores
     * @param memoryMiB at least 0
     * @param places indexes of the hosts that will do
     * @param apart a number that guests share which must not meet on one host; -1 for none
     */
    public record Guest(String id, Week need, long memoryMiB, BitSet places, int apart) {
        /** Takes a copy. */
        public Guest {
            places = (BitSet) places.clone();
        }

        @Override
        public BitSet places() {
            return (BitSet) places.clone();
        }
    }

    /** What the search found. */
    public enum Verdict {
        /** Everybody has a place. */
        FITS,
        /** Proved: there is no way to place everybody. */
        DOES_NOT_FIT,
        /** The steps ran out before there was an answer. */
        UNDECIDED
    }

    /**
     * The answer.
     *
     * @param verdict what is known
     * @param hostOf the host's index for every guest in the order given; empty unless it fits
     * @param stranded guests that the best attempt could not place; empty when it fits
     */
    public record Result(Verdict verdict, List<Integer> hostOf, List<String> stranded) {
        /** Takes copies. */
        public Result {
            hostOf = List.copyOf(hostOf);
            stranded = List.copyOf(stranded);
        }
    }

    /**
     * Searches.
     *
     * @param taken numbers of {@link Guest#apart} that already stand on each room
     * @param steps how many placements are tried at most
     */
    public static Result find(List<Room> rooms, List<Guest> guests, List<BitSet> taken, int steps) {
        return new Search(rooms, guests, taken, steps).run();
    }

    /** The state of one search; thrown away afterwards. */
    private static final class Search {
        private final List<Room> rooms;
        private final List<Guest> guests;
        private final int[] order;
        private final Week[] used;
        private final long[] free;
        private final BitSet[] apart;
        private final int[] hostOf;
        private int steps;
        private int deepest = -1;

        Search(List<Room> rooms, List<Guest> guests, List<BitSet> taken, int steps) {
            this.rooms = rooms;
            this.guests = guests;
            this.steps = steps;
            used = rooms.stream().map(Room::used).toArray(Week[]::new);
            free = rooms.stream().mapToLong(Room::freeMemoryMiB).toArray();
            apart = new BitSet[rooms.size()];
            for (int i = 0; i < apart.length; i++) {
                apart[i] = (BitSet) taken.get(i).clone();
            }
            hostOf = new int[guests.size()];
            Arrays.fill(hostOf, -1);
            long memory = Math.max(1, Arrays.stream(free).sum());
            double cores = Math.max(1e-9, rooms.stream().mapToDouble(Room::cores).sum());
            order =
                    java.util.stream.IntStream.range(0, guests.size())
                            .boxed()
                            .sorted(
                                    Comparator.comparingDouble(
                                            (Integer i) ->
                                                    -Math.max(
                                                            guests.get(i).memoryMiB()
                                                                    / (double) memory,
                                                            guests.get(i).need().peak() / cores)))
                            .mapToInt(Integer::intValue)
                            .toArray();
        }

        Result run() {
            if (place(0)) {
                return new Result(Verdict.FITS, Arrays.stream(hostOf).boxed().toList(), List.of());
            }
            List<String> stranded = stranded();
            return new Result(
                    steps > 0 ? Verdict.DOES_NOT_FIT : Verdict.UNDECIDED, List.of(), stranded);
        }

        private boolean place(int depth) {
            deepest = Math.max(deepest, depth);
            if (depth == order.length) {
                return true;
            }
            int index = order[depth];
            Guest guest = guests.get(index);
            for (int room : candidates(guest)) {
                if (steps-- <= 0) {
                    return false;
                }
                Week before = used[room];
                take(guest, room);
                hostOf[index] = room;
                if (place(depth + 1)) {
                    return true;
                }
                hostOf[index] = -1;
                giveBack(guest, room, before);
                if (steps <= 0) {
                    return false;
                }
            }
            return false;
        }

        private void take(Guest guest, int room) {
            used[room] = used[room].plus(guest.need());
            free[room] -= guest.memoryMiB();
            if (guest.apart() >= 0) {
                apart[room].set(guest.apart());
            }
        }

        private void giveBack(Guest guest, int room, Week before) {
            used[room] = before;
            free[room] += guest.memoryMiB();
            if (guest.apart() >= 0) {
                apart[room].clear(guest.apart());
            }
        }

        /** Hosts with room, the fullest first; of hosts that are alike in all one. */
        private List<Integer> candidates(Guest guest) {
            List<Integer> found = new ArrayList<>();
            guest.places().stream()
                    .filter(room -> fits(guest, room))
                    .boxed()
                    .sorted(Comparator.comparingLong(room -> free[room]))
                    .forEach(
                            room -> {
                                if (found.stream().noneMatch(other -> alike(room, other))) {
                                    found.add(room);
                                }
                            });
            return found;
        }

        private boolean fits(Guest guest, int room) {
            return guest.memoryMiB() <= free[room]
                    && (guest.apart() < 0 || !apart[room].get(guest.apart()))
                    && used[room].plus(guest.need()).fitsInto(rooms.get(room).cores());
        }

        private boolean alike(int room, int other) {
            if (free[room] != free[other]
                    || rooms.get(room).cores() != rooms.get(other).cores()
                    || !apart[room].equals(apart[other])) {
                return false;
            }
            for (Guest guest : guests) {
                if (guest.places.get(room) != guest.places.get(other)) {
                    return false;
                }
            }
            for (int hour = 0; hour < Week.HOURS; hour++) {
                if (used[room].at(hour) != used[other].at(hour)) {
                    return false;
                }
            }
            return true;
        }

        /** Who is left over when everybody takes the first place that is free. */
        private List<String> stranded() {
            List<String> left = new ArrayList<>();
            for (int index : order) {
                Guest guest = guests.get(index);
                List<Integer> places = candidates(guest);
                if (places.isEmpty()) {
                    left.add(guest.id());
                } else {
                    take(guest, places.getFirst());
                }
            }
            return left;
        }
    }
}
