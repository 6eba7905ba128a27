package org.standfest.replication.transport;

/**
 * Serves the channels of one purpose on the standby. Called on a virtual thread of its own for each
 * channel; may block. The channel is closed when it returns or throws.
 */
@FunctionalInterface
public interface ChannelHandler {

    /** Serves a channel until its end. */
    void serve(Channel channel) throws ChannelException;
}
