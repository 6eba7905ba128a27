package org.standfest.cli;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import org.standfest.management.JsonForms;
import org.standfest.management.SystemSettings;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The settings of a system as JSON, with names in lower case with underscores. */
final class SettingsFile {

    private static final int LIMIT_BYTES = 256 * 1024;
    private static final String PROFILE = "profile";
    private static final Gson GSON =
            JsonForms.teach(new GsonBuilder())
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
                    .create();

    private SettingsFile() {}

    static String write(SystemSettings settings) {
        return GSON.toJson(settings);
    }

    /**
     * Reads a file over what is set: members that it does not name stay as they are.
     *
     * @return refused for a member that there is not, so that no slip of the pen is overlooked
     */
    static Outcome<SystemSettings> read(Path file, SystemSettings now) {
        try {
            if (Files.size(file) > LIMIT_BYTES) {
                return wrong(file, "> " + LIMIT_BYTES + " bytes");
            }
            return merged(file, Files.readString(file, StandardCharsets.UTF_8), now);
        } catch (IOException fault) {
            return wrong(file, fault.toString());
        }
    }

    private static Outcome<SystemSettings> merged(Path file, String text, SystemSettings now) {
        try {
            JsonObject given = JsonParser.parseString(text).getAsJsonObject();
            JsonObject all = GSON.toJsonTree(now).getAsJsonObject();
            merge(given, all);
            SystemSettings settings = GSON.fromJson(all, SystemSettings.class);
            Optional<String> strange = strange(given, GSON.toJsonTree(settings), "");
            return strange.isPresent()
                    ? Outcome.refused(
                            StandbyCommand.TEXTS.explain("settings.member", file, strange.get()))
                    : Outcome.done(settings);
        } catch (JsonParseException | IllegalStateException malformed) {
            return wrong(file, malformed.getMessage());
        } catch (RuntimeException range) {
            // What the records' own checks say, inside what Gson wraps around it.
            Throwable cause = range;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return wrong(file, String.valueOf(cause.getMessage()));
        }
    }

    /** Members of members stay, too; a list and the profile, which is a list of names, do not. */
    private static void merge(JsonObject given, JsonObject all) {
        for (Map.Entry<String, JsonElement> member : given.entrySet()) {
            JsonElement old = all.get(member.getKey());
            if (member.getValue().isJsonObject()
                    && old != null
                    && old.isJsonObject()
                    && !member.getKey().equals(PROFILE)) {
                merge(member.getValue().getAsJsonObject(), old.getAsJsonObject());
            } else {
                all.add(member.getKey(), member.getValue());
            }
        }
    }

    /** The first member that nobody has understood. */
    private static Optional<String> strange(JsonElement given, JsonElement known, String path) {
        if (given.isJsonObject() && known.isJsonObject()) {
            return given.getAsJsonObject().entrySet().stream()
                    .flatMap(
                            member -> {
                                String name = path + member.getKey();
                                JsonElement other = known.getAsJsonObject().get(member.getKey());
                                return (other == null
                                                ? Optional.of(name)
                                                : strange(member.getValue(), other, name + "."))
                                        .stream();
                            })
                    .findFirst();
        }
        if (given.isJsonArray() && known.isJsonArray()) {
            for (int i = 0; i < given.getAsJsonArray().size(); i++) {
                Optional<String> found =
                        strange(
                                given.getAsJsonArray().get(i),
                                known.getAsJsonArray().get(i),
                                path + i + ".");
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static <T> Outcome<T> wrong(Path file, String detail) {
        return Outcome.refused(StandbyCommand.TEXTS.explain("settings.file", file, detail));
    }
}
