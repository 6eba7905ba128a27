package org.standfest.standby.care;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.standfest.management.JsonForms;
import org.standfest.recovery.DurableFile;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One record in a file of its own: {@code {"version": 1, "record": ...}}, replaced as a whole and
 * durably, at most 8 MiB. Stateless but for the file; guarded by its owner.
 *
 * @param <T> the record
 */
public final class JsonFile<T> {

    private static final int VERSION = 1;
    private static final int LIMIT_BYTES = 8 * 1024 * 1024;

    private final Path file;
    private final Class<T> type;
    private final Gson gson =
            JsonForms.teach(new GsonBuilder()).disableHtmlEscaping().setPrettyPrinting().create();

    /**
     * @param file where the record lies
     * @param type of the record
     */
    public JsonFile(Path file, Class<T> type) {
        this.file = file;
        this.type = type;
    }

    /** The record; the other one where there is no file yet. */
    public Outcome<T> read(T otherwise) {
        try {
            Optional<byte[]> bytes = DurableFile.read(file, LIMIT_BYTES);
            if (bytes.isEmpty()) {
                return Outcome.done(otherwise);
            }
            JsonObject object =
                    JsonParser.parseString(new String(bytes.get(), StandardCharsets.UTF_8))
                            .getAsJsonObject();
            int version = object.get("version").getAsInt();
            if (version != VERSION) {
                return Outcome.refused(
                        CareTexts.explain("care.file-version", file, version, VERSION));
            }
            T record = gson.fromJson(object.get("record"), type);
            return record == null ? damaged(null) : Outcome.done(record);
        } catch (IOException | RuntimeException fault) {
            return damaged(fault);
        }
    }

    private Outcome<T> damaged(Exception fault) {
        return Outcome.failed(CareTexts.explain("care.file-damaged", file), fault);
    }

    /** Replaces the record. */
    public Outcome<Void> write(T record) {
        JsonObject object = new JsonObject();
        object.addProperty("version", VERSION);
        object.add("record", gson.toJsonTree(record));
        try {
            DurableFile.write(file, gson.toJson(object).getBytes(StandardCharsets.UTF_8));
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(CareTexts.explain("care.cannot-write", file), fault);
        }
    }
}
