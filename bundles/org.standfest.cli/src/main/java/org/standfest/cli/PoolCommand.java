package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Command;

import java.util.List;
import java.util.Set;

/** {@code standfest pool}: everything about the recovery points that a standby keeps. */
@Component(service = Command.class)
public final class PoolCommand extends PartedCommand {

    /** Called by the framework. */
    public PoolCommand() {
        super("pool", all());
    }

    private static List<Part> all() {
        Form reason = new Form(Set.of("reason"), Set.of());
        return List.of(
                new Part("ls", Form.PLAIN, 0, 0, PoolParts::list),
                new Part("show", Form.PLAIN, 1, 1, PoolParts::show),
                new Part("verify", Form.PLAIN, 0, 1, PoolParts::verify),
                new Part(
                        "scrub",
                        new Form(Set.of("every", "rate"), Set.of()),
                        0,
                        2,
                        PoolParts::scrub),
                new Part("repair", Form.PLAIN, 1, 1, PoolParts::repair),
                new Part(
                        "prune",
                        new Form(Set.of("retention"), Set.of("dry-run", "yes")),
                        1,
                        1,
                        PoolParts::prune),
                new Part("policy", new Form(Policies.OPTIONS, Set.of()), 1, 1, PoolParts::policy),
                new Part("pin", reason, 2, 2, PoolParts::pin),
                new Part("unpin", reason, 2, 2, PoolParts::unpin),
                new Part("lock", new Form(Set.of("until"), Set.of()), 2, 2, PoolParts::lock),
                new Part(
                        "export",
                        new Form(Set.of("point", "to", "path"), Set.of()),
                        1,
                        1,
                        PoolParts::export),
                new Part("import", Form.PLAIN, 1, 1, PoolParts::importDisk),
                new Part(
                        "mount-hint",
                        new Form(Set.of("point", "volume"), Set.of()),
                        1,
                        1,
                        PoolParts::mountHint),
                new Part("compare", Form.PLAIN, 1, 1, PoolParts::compare),
                new Part("forecast", Form.PLAIN, 1, 1, PoolParts::forecast),
                new Part("tasks", Form.PLAIN, 0, 0, PoolParts::tasks),
                new Part("cancel", Form.PLAIN, 1, 1, PoolParts::cancel));
    }
}
