package org.standfest.probe.network;

import org.osgi.service.component.annotations.Component;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;

import java.io.IOException;
import java.time.Duration;

/**
 * Whether a mailbox server lets people in (IMAP, RFC 9051): it greets with {@code * OK}, answers
 * {@code CAPABILITY} and is left with {@code LOGOUT}; nobody logs in. A question is a capability
 * that it must have, for example {@code STARTTLS}.
 */
@Component
public final class ImapProbe implements Probe {

    private static final String NAME = "IMAP";
    private static final int LINES_LIMIT = 100;

    @Override
    public String kind() {
        return "imap";
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        return Conversation.test(kind(), NAME, target, limit, ImapProbe::greet);
    }

    private static Verdict greet(Attempt attempt, Conversation talk) throws IOException {
        String greeting = talk.line();
        if (greeting.startsWith("* BYE")) {
            return attempt.inconclusive("service.not-ready", NAME, Conversation.words(greeting));
        }
        if (!greeting.startsWith("* OK") && !greeting.startsWith("* PREAUTH")) {
            throw new Conversation.Other(greeting);
        }
        talk.say("s1 CAPABILITY");
        String capabilities = "";
        String line = talk.line();
        for (int i = 0; !line.startsWith("s1 "); i++) {
            if (i == LINES_LIMIT) {
                throw new Conversation.Other(line);
            }
            if (line.startsWith("* CAPABILITY")) {
                capabilities = line.substring("* CAPABILITY".length()) + " ";
            }
            line = talk.line();
        }
        if (!line.startsWith("s1 OK")) {
            return attempt.inconclusive("service.not-ready", NAME, Conversation.words(line));
        }
        String wanted = attempt.target().question();
        if (!wanted.isEmpty() && !capabilities.contains(" " + wanted + " ")) {
            return attempt.inconclusive(
                    "service.greeting", NAME, Conversation.words(capabilities), wanted);
        }
        talk.say("s2 LOGOUT");
        return attempt.positive("service.answered", NAME, Conversation.words(greeting));
    }
}
