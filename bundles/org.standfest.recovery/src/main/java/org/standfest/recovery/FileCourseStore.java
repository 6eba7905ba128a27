package org.standfest.recovery;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;

import org.standfest.management.JsonForms;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Courses as JSON files, {@code <folder>/<system>/course.json}, version 1, at most 4 MiB each.
 * Other versions are refused, never guessed at.
 */
public final class FileCourseStore implements CourseStore {

    private static final int VERSION = 1;
    private static final int LIMIT_BYTES = 4 * 1024 * 1024;
    private static final String FILE = "course.json";

    private final Path folder;
    private final Gson gson =
            JsonForms.teach(new GsonBuilder())
                    .registerTypeAdapter(RecoveryState.class, new StateForm())
                    .disableHtmlEscaping()
                    .setPrettyPrinting()
                    .create();

    /**
     * @param folder where the systems' folders lie
     */
    public FileCourseStore(Path folder) {
        this.folder = Objects.requireNonNull(folder);
    }

    @Override
    public List<String> systems() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(one -> Files.exists(one.resolve(FILE)))
                    .map(one -> one.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public Outcome<Optional<Course>> load(String systemId) {
        Path file = file(systemId);
        try {
            Optional<byte[]> bytes = DurableFile.read(file, LIMIT_BYTES);
            if (bytes.isEmpty()) {
                return Outcome.done(Optional.empty());
            }
            JsonObject object =
                    JsonParser.parseString(new String(bytes.get(), StandardCharsets.UTF_8))
                            .getAsJsonObject();
            int version = object.get("version").getAsInt();
            if (version != VERSION) {
                return Outcome.refused(
                        RecoveryTexts.CATALOG.explain(
                                "recovery.course-version", file, version, VERSION));
            }
            Course course = gson.fromJson(object.get("course"), Course.class);
            return course.systemId().equals(systemId)
                    ? Outcome.done(Optional.of(course))
                    : Outcome.refused(
                            RecoveryTexts.CATALOG.explain("recovery.course-damaged", file));
        } catch (IOException | RuntimeException unreadable) {
            return Outcome.failed(
                    RecoveryTexts.CATALOG.explain("recovery.course-damaged", file), unreadable);
        }
    }

    @Override
    public void save(Course course) throws IOException {
        JsonObject object = new JsonObject();
        object.addProperty("version", VERSION);
        object.add("course", gson.toJsonTree(course));
        DurableFile.write(
                file(course.systemId()), gson.toJson(object).getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String systemId) {
        if (!systemId.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(systemId);
        }
        return folder.resolve(systemId).resolve(FILE);
    }

    /** A state with the name of its record. */
    private static final class StateForm
            implements JsonSerializer<RecoveryState>, JsonDeserializer<RecoveryState> {

        private static final Map<String, Class<?>> STATES =
                Stream.of(RecoveryState.class.getPermittedSubclasses())
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Class::getSimpleName, Function.identity()));

        @Override
        public JsonElement serialize(
                RecoveryState state, Type type, JsonSerializationContext context) {
            JsonObject object = new JsonObject();
            object.addProperty("is", state.getClass().getSimpleName());
            object.add("with", context.serialize(state, state.getClass()));
            return object;
        }

        @Override
        public RecoveryState deserialize(
                JsonElement json, Type type, JsonDeserializationContext context) {
            JsonObject object = json.getAsJsonObject();
            Class<?> state = STATES.get(object.get("is").getAsString());
            if (state == null) {
                throw new JsonParseException("no such state");
            }
            return context.deserialize(object.get("with"), state);
        }
    }
}
