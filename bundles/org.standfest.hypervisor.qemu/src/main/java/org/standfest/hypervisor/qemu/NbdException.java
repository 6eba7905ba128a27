package org.standfest.hypervisor.qemu;

import java.io.IOException;

/** The other side of a block device connection broke the protocol, or refused a request. */
final class NbdException extends IOException {

    private static final long serialVersionUID = 1L;

    NbdException(String message) {
        super(message);
    }
}
