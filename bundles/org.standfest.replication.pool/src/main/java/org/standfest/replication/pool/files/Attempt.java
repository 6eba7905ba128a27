package org.standfest.replication.pool.files;

import org.standfest.replication.protocol.manifest.RawBytes;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Set;

/** An act that this machine or this user may not be able to do. */
interface Attempt {

    void act() throws IOException;

    /** Lack of rights or of support is a loss to report; anything else is a fault. */
    static void make(TreeFiles.Loss loss, Set<TreeFiles.Loss> losses, Attempt attempt)
            throws IOException {
        try {
            attempt.act();
        } catch (AccessDeniedException refused) {
            losses.add(loss);
        } catch (CallFailed failed) {
            switch (failed.errno()) {
                case LibC.EPERM,
                        LibC.EOPNOTSUPP,
                        LibC.ENODATA,
                        LibC.ERANGE,
                        LibC.EINVAL,
                        LibC.ENOSPC,
                        LibC.E2BIG ->
                        losses.add(loss);
                default -> throw failed;
            }
        }
    }

    static TreeFiles.Loss lossOf(RawBytes name) {
        return name.toString().startsWith("system.posix_acl_")
                ? TreeFiles.Loss.ACL
                : TreeFiles.Loss.ATTRIBUTES;
    }
}
