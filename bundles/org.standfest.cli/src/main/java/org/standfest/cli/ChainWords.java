package org.standfest.cli;

import org.standfest.management.ChainView;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the systems of a chain as they are typed: {@code SYSTEM[:BEFORE,BEFORE][@PRIORITY]}. */
final class ChainWords {

    private static final String ID = "[A-Za-z0-9._-]{1,64}";
    private static final Pattern MEMBER =
            Pattern.compile("(" + ID + ")(?::(" + ID + "(?:," + ID + ")*))?(?:@([1-9]))?");
    private static final int USUAL = 5;

    private ChainWords() {}

    /** The system; nothing if the word is not one. */
    static Stream<ChainView.Member> member(String word) {
        Matcher matcher = MEMBER.matcher(word);
        if (!matcher.matches()) {
            return Stream.empty();
        }
        String after = matcher.group(2);
        String priority = matcher.group(3);
        return Stream.of(
                new ChainView.Member(
                        matcher.group(1),
                        priority == null ? USUAL : Integer.parseInt(priority),
                        after == null ? List.of() : List.of(after.split(",")),
                        "WAITING",
                        Optional.empty(),
                        Optional.empty()));
    }

    /** A number from 1 to 64. */
    static Optional<Integer> number(String word) {
        return word.matches("[1-9]|[1-5][0-9]|6[0-4]")
                ? Optional.of(Integer.parseInt(word))
                : Optional.empty();
    }
}
