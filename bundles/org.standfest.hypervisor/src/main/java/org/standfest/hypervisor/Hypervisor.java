package org.standfest.hypervisor;

import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One kind of hypervisor on this host. Partners implement it and register it as an OSGi service.
 *
 * <p>Every method may block for as long as its own limit says and is called off the UI thread.
 * Expected faults (not installed, image missing, port taken, guest does not come) are outcomes;
 * nothing is thrown for them. Implementations are safe for concurrent use; two starts of the same
 * machine id never both succeed.
 */
public interface Hypervisor {

    /** The stable name of this kind, lower case, for example {@code qemu}; recorded in journals. */
    String kind();

    /**
     * Whether this host can run machines at all, and how fast. A refusal says what to install. May
     * take some seconds the first time (an accelerator is tried, not believed); later calls answer
     * from memory.
     */
    Outcome<Readiness> ready();

    /**
     * Why this hypervisor could not start a machine, as far as that can be known beforehand and
     * without its images (a firmware that is not installed, more disks than a bus takes). Called
     * often, outside emergencies, so that nobody learns it in one; starts nothing.
     *
     * @return empty if nothing is known against it
     */
    default Optional<Explanation> problem(MachineDescription description) {
        return Optional.empty();
    }

    /**
     * Starts a machine. Done means that its process lives, its control socket answers and its
     * virtual processors run; it does not mean that the guest has booted (that is for a positive
     * test to say). On a failure nothing is left running.
     *
     * @param description what to start; its images must exist and be held by nobody
     * @param options how to start it here
     * @return the running machine; refused when a machine runs in this folder already, or the
     *     description does not fit this hypervisor
     */
    Outcome<Machine> start(MachineDescription description, StartOptions options);

    /**
     * The machine that was started in this folder, if its process still lives; also one that
     * another Java process started. Checks that the process is really that one (a process id may
     * have been given to another program).
     *
     * @param folder {@link StartOptions#folder()}
     */
    Optional<Machine> find(Path folder);

    /**
     * Creates a writable overlay over an image; the base is never written through it. The overlay
     * is as large as the base and in the hypervisor's own format (see {@link DiskImage#format()} of
     * the answer).
     *
     * @param base the image to protect
     * @param overlay the file to create; must not exist
     */
    Outcome<DiskImage> overlay(DiskImage base, Path overlay);

    /**
     * Whether any process on this host uses the image so that nobody else may write to it:
     * independent evidence of whether an old machine is really gone. Never changes the image.
     */
    Outcome<ImageUse> use(DiskImage image);
}
