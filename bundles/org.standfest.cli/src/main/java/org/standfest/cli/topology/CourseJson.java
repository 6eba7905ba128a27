package org.standfest.cli.topology;

import org.standfest.analysis.whatif.Course;
import org.standfest.analysis.whatif.CourseText;
import org.standfest.topology.Element;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The course of a failure as data. */
final class CourseJson {

    private CourseJson() {}

    static Map<String, Object> of(Course course, CourseText words) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("failed", course.failed().stream().map(CourseJson::named).toList());
        told.put("events", course.events().stream().map(it -> event(it, words)).toList());
        told.put("services", course.services().stream().map(CourseJson::fate).toList());
        return told;
    }

    private static Map<String, Object> named(Element element) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", element.getId());
        told.put("name", element.getName());
        return told;
    }

    private static Map<String, Object> event(Course.Event event, CourseText words) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("atSeconds", event.atSeconds());
        told.put("kind", event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        told.put("element", named(event.element()));
        event.by().ifPresent(it -> told.put("by", named(it)));
        event.place().ifPresent(it -> told.put("place", named(it)));
        told.put("person", event.person());
        told.put("text", words.sentence(event));
        return told;
    }

    private static Map<String, Object> fate(Course.Fate fate) {
        Map<String, Object> told = new LinkedHashMap<>(named(fate.service()));
        fate.backSeconds().ifPresent(it -> told.put("backSeconds", it));
        fate.lostSeconds().ifPresent(it -> told.put("lostSeconds", it));
        told.put("rtoMet", fate.rtoMet());
        told.put("rpoMet", fate.rpoMet());
        return told;
    }
}
