package org.standfest.management;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * How instants and optionals stand in JSON: an instant as text of ISO 8601, an optional as its
 * value or null. For every Gson that writes records with such members.
 */
public final class JsonForms {

    private JsonForms() {}

    /**
     * Teaches a Gson these forms; it also writes nulls, so that every member of a record is there.
     *
     * @return the same builder
     */
    public static GsonBuilder teach(GsonBuilder builder) {
        return builder.registerTypeAdapter(Instant.class, new InstantForm())
                .registerTypeAdapter(Optional.class, new OptionalAsList())
                .registerTypeAdapterFactory(new NullForNothing())
                .serializeNulls();
    }

    private static final class InstantForm
            implements JsonSerializer<Instant>, JsonDeserializer<Instant> {

        @Override
        public JsonElement serialize(Instant value, Type type, JsonSerializationContext context) {
            return new JsonPrimitive(value.toString());
        }

        @Override
        public Instant deserialize(
                JsonElement json, Type type, JsonDeserializationContext context) {
            try {
                return Instant.parse(json.getAsString());
            } catch (DateTimeException malformed) {
                throw new JsonParseException(malformed);
            }
        }
    }

    /** Inner form: a list of none or one, because Gson never asks a deserializer about null. */
    private static final class OptionalAsList
            implements JsonSerializer<Optional<?>>, JsonDeserializer<Optional<?>> {

        @Override
        public JsonElement serialize(
                Optional<?> value, Type type, JsonSerializationContext context) {
            JsonArray list = new JsonArray();
            value.ifPresent(present -> list.add(context.serialize(present)));
            return list;
        }

        @Override
        public Optional<?> deserialize(
                JsonElement json, Type type, JsonDeserializationContext context) {
            JsonArray list = json.getAsJsonArray();
            if (list.isEmpty()) {
                return Optional.empty();
            }
            if (!(type instanceof ParameterizedType parameterized)) {
                throw new JsonParseException("an optional of nothing in particular");
            }
            Object present =
                    context.deserialize(list.get(0), parameterized.getActualTypeArguments()[0]);
            return Optional.ofNullable(present);
        }
    }

    /** Outer form: null or the value. */
    private static final class NullForNothing implements TypeAdapterFactory {

        @Override
        public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
            if (type.getRawType() != Optional.class) {
                return null;
            }
            TypeAdapter<T> asList = gson.getDelegateAdapter(this, type);
            TypeAdapter<JsonElement> elements = gson.getAdapter(JsonElement.class);
            return new TypeAdapter<>() {
                @Override
                public void write(JsonWriter out, T value) throws IOException {
                    JsonArray list = asList.toJsonTree(value).getAsJsonArray();
                    elements.write(out, list.isEmpty() ? JsonNull.INSTANCE : list.get(0));
                }

                @Override
                public T read(JsonReader in) throws IOException {
                    JsonElement element = elements.read(in);
                    JsonArray list = new JsonArray();
                    if (!element.isJsonNull()) {
                        list.add(element);
                    }
                    return asList.fromJsonTree(list);
                }
            };
        }
    }
}
