package org.standfest.probe.network;

import org.osgi.service.component.annotations.Component;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;

import java.io.IOException;
import java.time.Duration;

/**
 * Whether a mail server takes mail (SMTP, RFC 5321): it greets with 220, answers {@code EHLO} with
 * 250 and is left with {@code QUIT}; no mail is sent. A question is a text that must occur in the
 * greeting.
 */
@Component
public final class SmtpProbe implements Probe {

    private static final String NAME = "SMTP";
    private static final int LINES_LIMIT = 100;

    @Override
    public String kind() {
        return "smtp";
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        return Conversation.test(kind(), NAME, target, limit, SmtpProbe::greet);
    }

    private static Verdict greet(Attempt attempt, Conversation talk) throws IOException {
        String greeting = reply(talk);
        if (!greeting.startsWith("220")) {
            return attempt.inconclusive("service.not-ready", NAME, Conversation.words(greeting));
        }
        if (!greeting.contains(attempt.target().question())) {
            return attempt.inconclusive(
                    "service.greeting",
                    NAME,
                    Conversation.words(greeting),
                    attempt.target().question());
        }
        talk.say("EHLO standfest-probe.invalid");
        String hello = reply(talk);
        if (!hello.startsWith("250")) {
            return attempt.inconclusive("service.not-ready", NAME, Conversation.words(hello));
        }
        talk.say("QUIT");
        return attempt.positive("service.answered", NAME, Conversation.words(greeting));
    }

    /** The first line of an answer; the following ones are read. */
    private static String reply(Conversation talk) throws IOException {
        String first = talk.line();
        if (!first.matches("[2-5]\\d\\d([ -].*)?")) {
            throw new Conversation.Other(first);
        }
        String line = first;
        for (int i = 0; line.length() > 3 && line.charAt(3) == '-'; i++) {
            if (i == LINES_LIMIT) {
                throw new Conversation.Other(line);
            }
            line = talk.line();
        }
        return first;
    }
}
