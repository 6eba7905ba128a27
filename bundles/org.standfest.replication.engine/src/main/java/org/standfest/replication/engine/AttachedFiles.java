package org.standfest.replication.engine;

import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.transport.ChannelException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the small files together that travel with a state. Begins anew with every connection: their
 * sender brings all of them each time. For one thread.
 */
final class AttachedFiles {

    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private final Set<String> begun = new HashSet<>();
    private String current = "";

    /** Whether a file has begun and not ended. */
    boolean waiting() {
        return !current.isEmpty();
    }

    /**
     * Takes a part.
     *
     * @param content the part as it is
     * @return the whole file, once it is there
     */
    Optional<ByteBuffer> add(Message.Attachment part, byte[] content) throws ChannelException {
        if (!waiting() && begun.add(part.name())) {
            current = part.name();
        }
        if (!current.equals(part.name())) {
            throw Faults.protocol("a part of another file");
        }
        if (begun.size() > Limits.ATTACHMENTS
                || unfinished.size() + content.length > Limits.ATTACHMENT_BYTES) {
            throw Faults.protocol("too many or too large files with a state");
        }
        unfinished.writeBytes(content);
        if (!part.last()) {
            return Optional.empty();
        }
        ByteBuffer whole = ByteBuffer.wrap(unfinished.toByteArray());
        unfinished.reset();
        current = "";
        return Optional.of(whole);
    }
}
