package org.standfest.designer.ui.internal.whatif;

import org.standfest.analysis.whatif.Course;
import org.standfest.results.Catalog;
import org.standfest.topology.edit.ElementWords;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A course as pictures: for each moment, how things stand then, as a sign and a word. */
final class CourseFrames {

    private static final Catalog TEXTS = Catalog.beside(CourseFrames.class);

    private final Course course;
    private final ElementWords words;
    private final Locale locale;
    private final List<Long> moments;

    CourseFrames(Course course, ElementWords words, Locale locale) {
        this.course = course;
        this.words = words;
        this.locale = locale;
        this.moments = course.events().stream().map(Course.Event::atSeconds).distinct().toList();
    }

    /** When something happens, in seconds after the failure. */
    List<Long> moments() {
        return moments;
    }

    /** How things stand just after a moment, by element; what goes on as before is left out. */
    Map<String, String> marks(int moment) {
        Map<String, String> marks = new LinkedHashMap<>();
        for (Course.Event event : course.events()) {
            if (event.atSeconds() <= moments.get(moment)) {
                String place = event.place().map(words::label).orElse("");
                marks.put(
                        event.element().getId(),
                        TEXTS.text(locale, "mark." + event.kind().name(), place));
            }
        }
        return marks;
    }
}
