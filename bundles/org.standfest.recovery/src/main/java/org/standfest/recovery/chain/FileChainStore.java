package org.standfest.recovery.chain;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.standfest.management.JsonForms;
import org.standfest.recovery.DurableFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** The chain as a JSON file, version 1, at most 1 MiB. */
public final class FileChainStore implements ChainStore {

    private static final int VERSION = 1;
    private static final int LIMIT_BYTES = 1024 * 1024;

    private final Path file;
    private final Gson gson =
            JsonForms.teach(new GsonBuilder()).disableHtmlEscaping().setPrettyPrinting().create();

    /**
     * @param file where it lies
     */
    public FileChainStore(Path file) {
        this.file = Objects.requireNonNull(file);
    }

    @Override
    public Optional<Chain> load() throws IOException {
        Optional<byte[]> bytes = DurableFile.read(file, LIMIT_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonObject object =
                    JsonParser.parseString(new String(bytes.get(), StandardCharsets.UTF_8))
                            .getAsJsonObject();
            return object.get("version").getAsInt() == VERSION
                    ? Optional.of(gson.fromJson(object.get("chain"), Chain.class))
                    : Optional.empty();
        } catch (RuntimeException damaged) {
            throw new IOException(file + " is damaged", damaged);
        }
    }

    @Override
    public void save(Chain chain) throws IOException {
        JsonObject object = new JsonObject();
        object.addProperty("version", VERSION);
        object.add("chain", gson.toJsonTree(chain));
        DurableFile.write(file, gson.toJson(object).getBytes(StandardCharsets.UTF_8));
    }
}
