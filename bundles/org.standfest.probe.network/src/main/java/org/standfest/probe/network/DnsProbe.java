package org.standfest.probe.network;

import org.osgi.service.component.annotations.Component;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.results.Explanation;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether a name server answers a question: {@code NAME TYPE [ANSWER]}, for example {@code
 * www.example.org A 192.0.2.10}. With an answer given it must be among those that come. Over TCP
 * (RFC 7766 asks every server for it), because the forwards into an isolated machine carry nothing
 * else.
 */
@Component
public final class DnsProbe implements Probe {

    private static final String NAME = "DNS";

    @Override
    public String kind() {
        return "dns";
    }

    @Override
    public Optional<Explanation> problem(ProbeTarget target) {
        return DnsQuestion.parse(target.question()).isPresent()
                ? Optional.empty()
                : Optional.of(Attempt.text("dns.question", target, 0, target.question()));
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        Optional<DnsQuestion> question = DnsQuestion.parse(target.question());
        return Conversation.test(
                kind(),
                NAME,
                target,
                limit,
                (attempt, talk) ->
                        question.isEmpty()
                                ? attempt.inconclusive("dns.question", target.question())
                                : ask(attempt, talk, question.get()));
    }

    private static Verdict ask(Attempt attempt, Conversation talk, DnsQuestion question)
            throws IOException {
        byte[] query = question.query();
        talk.say(new byte[] {(byte) (query.length >> 8), (byte) query.length});
        talk.say(query);
        byte[] size = talk.bytes(2);
        byte[] answer = talk.bytes((size[0] & 0xff) << 8 | size[1] & 0xff);
        DnsQuestion.Answer read =
                question.read(answer).orElseThrow(() -> new Conversation.Other("?"));
        if (!read.code().equals("NOERROR")) {
            return attempt.inconclusive("dns.code", question.toString(), read.code());
        }
        List<String> found = read.values();
        if (found.isEmpty()) {
            return attempt.inconclusive("dns.nothing", question.toString());
        }
        return question.isAmong(found)
                ? attempt.positive("dns.answered", question.toString(), String.join(", ", found))
                : attempt.inconclusive(
                        "dns.wrong",
                        question.toString(),
                        String.join(", ", found),
                        question.expected());
    }
}
