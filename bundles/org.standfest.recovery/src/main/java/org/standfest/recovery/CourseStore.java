package org.standfest.recovery;

import org.standfest.results.Outcome;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where courses are kept. Calls for one system come from one thread at a time. */
public interface CourseStore {

    /** The ids of all systems with a course. */
    List<String> systems() throws IOException;

    /**
     * The course of a system; empty if it has none yet. Refused if it is there and cannot be read
     * or has an unknown version: then nothing may be done with the system.
     */
    Outcome<Optional<Course>> load(String systemId);

    /**
     * Replaces a course, all or nothing; durable when this returns.
     *
     * @throws IOException it could not be written; the old one is still there
     */
    void save(Course course) throws IOException;
}
