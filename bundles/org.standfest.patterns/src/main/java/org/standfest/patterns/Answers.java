package org.standfest.patterns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was answered to a pattern's questions; what was not answered is preset. Immutable. */
public final class Answers {

    private final Map<String, String> given = new HashMap<>();

    /**
     * Takes answers.
     *
     * @param questions of the pattern
     * @param answers by the question's id
     * @throws IllegalArgumentException when one does not fit; ask {@link #fault} before
     */
    public Answers(List<Question> questions, Map<String, String> answers) {
        for (Question question : questions) {
            String answer = answers.getOrDefault(question.id(), question.preset());
            if (!question.accepts(answer)) {
                throw new IllegalArgumentException(question.id() + '=' + answer);
            }
            given.put(question.id(), answer.strip());
        }
    }

    /** The first answer that does not fit, or that nobody asked for; empty when all is well. */
    public static Optional<String> fault(List<Question> questions, Map<String, String> answers) {
        return answers.entrySet().stream()
                .filter(
                        it ->
                                questions.stream()
                                        .filter(asked -> asked.id().equals(it.getKey()))
                                        .noneMatch(asked -> asked.accepts(it.getValue())))
                .map(it -> it.getKey() + '=' + it.getValue())
                .findFirst();
    }

    /** The number that was answered; the other value where it was not asked. */
    public int number(String id, int otherwise) {
        String answer = given.get(id);
        return answer == null ? otherwise : Integer.parseInt(answer);
    }

    /** The choice that was answered; empty where it was not asked. */
    public Optional<String> choice(String id) {
        return Optional.ofNullable(given.get(id));
    }
}
