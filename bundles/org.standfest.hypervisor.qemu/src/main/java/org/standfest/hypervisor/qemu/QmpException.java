package org.standfest.hypervisor.qemu;

import java.io.IOException;

/** QEMU understood a command and refused it. */
final class QmpException extends IOException {

    private static final long serialVersionUID = 1L;

    QmpException(String command, String description) {
        super(command + ": " + description);
    }
}
