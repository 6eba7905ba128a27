package org.standfest.replication.objectives;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes sets of hours of the week as text: days with the same hours together. */
final class WeekText {

    private WeekText() {}

    /** {@code mon-fri 08-18 / sat,sun}; {@code daily} for all, {@code never} for none. */
    static String windows(BitSet hours) {
        if (hours.isEmpty()) {
            return "never";
        }
        return String.join(" / ", parts(hours));
    }

    /** Every part is days and one span of hours within a day. */
    static List<String> parts(BitSet hours) {
        Map<String, BitSet> daysOfSpan = new LinkedHashMap<>();
        for (int day = 0; day < 7; day++) {
            int from = 0;
            while ((from = hours.nextSetBit(day * 24 + from) - day * 24) >= 0 && from < 24) {
                int to = Math.min(24, hours.nextClearBit(day * 24 + from) - day * 24);
                String span = from == 0 && to == 24 ? "" : "%02d-%02d".formatted(from, to);
                daysOfSpan.computeIfAbsent(span, _ -> new BitSet(7)).set(day);
                from = to;
                if (from == 24) {
                    break;
                }
            }
        }
        List<String> parts = new ArrayList<>();
        daysOfSpan.forEach((span, days) -> parts.add((days(days) + ' ' + span).strip()));
        return parts;
    }

    private static String days(BitSet days) {
        if (days.cardinality() == 7) {
            return "daily";
        }
        List<String> words = new ArrayList<>();
        for (int first = days.nextSetBit(0); first >= 0; ) {
            int last = days.nextClearBit(first) - 1;
            words.add(
                    switch (last - first) {
                        case 0 -> HoursOfWeek.dayName(first);
                        case 1 -> HoursOfWeek.dayName(first) + ',' + HoursOfWeek.dayName(last);
                        default -> HoursOfWeek.dayName(first) + '-' + HoursOfWeek.dayName(last);
                    });
            first = days.nextSetBit(last + 1);
        }
        return String.join(",", words);
    }
}
