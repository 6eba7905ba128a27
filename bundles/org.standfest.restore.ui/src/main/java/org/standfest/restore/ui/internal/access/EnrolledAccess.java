package org.standfest.restore.ui.internal.access;

import org.standfest.management.OperatorAccess;
import org.standfest.management.StandbyClient;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A real standby: identity and address lie in a folder of the person who works here. */
public final class EnrolledAccess implements StandbyAccess {

    private static final Catalog TEXTS = Catalog.beside(EnrolledAccess.class);

    private final Path folder;
    private final OperatorAccess operator;

    /**
     * @param folder where the identity is kept; need not exist yet; nothing else may lie in it
     * @param language language of all texts
     */
    public EnrolledAccess(Path folder, Locale language) {
        this.folder = folder;
        this.operator = new OperatorAccess(folder, language);
    }

    @Override
    public Optional<StandbyAddress> enrolledAt() {
        if (!operator.enrolled()) {
            return Optional.empty();
        }
        return Identity.load(folder)
                .map(identity -> new StandbyAddress(identity.host(), identity.port()))
                .result();
    }

    @Override
    public Outcome<StandbyAddress> enrol(StandbyAddress at, String code) {
        return operator.enrol(at.text(), code).map(_ -> at);
    }

    @Override
    public Outcome<StandbyClient> open() {
        return operator.enrolled()
                ? operator.open()
                : Outcome.refused(TEXTS.explain("restore.not-enrolled"));
    }

    @Override
    public Outcome<Void> forget() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                Files.delete(file);
            }
            return Outcome.done();
        } catch (IOException notRemoved) {
            return Outcome.failed(
                    TEXTS.explain("restore.not-forgotten", folder.toString()), notRemoved);
        }
    }
}
