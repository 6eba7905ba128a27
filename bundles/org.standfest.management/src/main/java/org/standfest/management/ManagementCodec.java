package org.standfest.management;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.reflect.TypeToken;

import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form of questions and answers on the wire: JSON in UTF-8, one object each.
 *
 * <pre>
 * question: {"version": 1, "call": "Begin", "language": "de", "arguments": {...}}
 * answer:   {"version": 1, "outcome": "done" | "refused" | "failed", "value": ..., "reason": {...}}
 * </pre>
 *
 * A question of more than 256 KiB, an answer of more than 3 MiB, another version, an unknown call
 * or a value out of its range is refused. Stateless, safe for any thread.
 */
final class ManagementCodec {

    static final int VERSION = 1;

    private static final Gson GSON =
            JsonForms.teach(new GsonBuilder()).disableHtmlEscaping().create();

    private static final Map<String, Class<?>> CALLS =
            records(ManagementCall.class)
                    .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));

    private ManagementCodec() {}

    /** All records of a sealed interface; their simple names differ, or the class cannot load. */
    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Stream.of(type.getPermittedSubclasses()).flatMap(ManagementCodec::records);
    }

    /** A question together with the language of the answer. */
    record Question(ManagementCall call, Locale language) {}

    static byte[] question(Question question) {
        JsonObject object = new JsonObject();
        object.addProperty("version", VERSION);
        object.addProperty("call", question.call().getClass().getSimpleName());
        object.addProperty("language", question.language().toLanguageTag());
        object.add("arguments", GSON.toJsonTree(question.call()));
        return bytes(object);
    }

    static Outcome<Question> readQuestion(byte[] bytes) {
        if (bytes.length > Limits.REQUEST_BYTES) {
            return Outcome.refused(
                    explain("management.question-too-large", bytes.length, Limits.REQUEST_BYTES));
        }
        return parse(bytes)
                .then(
                        object -> {
                            String name = text(object, "call", 64);
                            Class<?> type = CALLS.get(name);
                            if (type == null) {
                                return Outcome.refused(explain("management.unknown-call", name));
                            }
                            return value(object.get("arguments"), type)
                                    .map(
                                            call ->
                                                    new Question(
                                                            (ManagementCall) call,
                                                            language(object)));
                        });
    }

    static byte[] answer(Outcome<?> outcome, Locale language) {
        JsonObject object = new JsonObject();
        object.addProperty("version", VERSION);
        switch (outcome) {
            case Outcome.Done<?>(Object value) -> {
                object.addProperty("outcome", "done");
                object.add("value", GSON.toJsonTree(value));
            }
            case Outcome.Refused<?> refused -> {
                object.addProperty("outcome", "refused");
                object.add("reason", GSON.toJsonTree(Reason.of(refused.explanation(), language)));
            }
            case Outcome.Failed<?> failed -> {
                object.addProperty("outcome", "failed");
                object.add("reason", GSON.toJsonTree(Reason.of(failed.explanation(), language)));
            }
        }
        return bytes(object);
    }

    static <T> Outcome<T> readAnswer(byte[] bytes, TypeToken<T> type) {
        if (bytes.length > Limits.ANSWER_BYTES) {
            return Outcome.failed(explain("management.answer-unreadable", bytes.length));
        }
        return parse(bytes)
                .then(
                        object ->
                                switch (text(object, "outcome", 16)) {
                                    case "done" -> valueOrNone(object.get("value"), type);
                                    case "refused" ->
                                            reason(object).then(why -> Outcome.refused(why));
                                    case "failed" ->
                                            reason(object).then(why -> Outcome.failed(why));
                                    default ->
                                            Outcome.failed(
                                                    explain(
                                                            "management.answer-unreadable",
                                                            bytes.length));
                                });
    }

    private static Outcome<Explanation> reason(JsonObject object) {
        return value(object.get("reason"), Reason.class)
                .map(reason -> ((Reason) reason).explanation());
    }

    private static <T> Outcome<T> valueOrNone(JsonElement element, TypeToken<T> type) {
        if (type.getRawType() == Void.class) {
            return Outcome.done(null);
        }
        return ManagementCodec.<T>value(element, type.getType());
    }

    private static Outcome<JsonObject> parse(byte[] bytes) {
        JsonElement element;
        try {
            element = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8));
        } catch (RuntimeException malformed) {
            return Outcome.failed(explain("management.malformed"), malformed);
        }
        if (!(element instanceof JsonObject object)) {
            return Outcome.failed(explain("management.malformed"));
        }
        JsonElement version = object.get("version");
        if (!(version instanceof JsonPrimitive primitive)
                || !primitive.isNumber()
                || primitive.getAsInt() != VERSION) {
            return Outcome.refused(
                    explain("management.other-version", String.valueOf(version), VERSION));
        }
        return Outcome.done(object);
    }

    /** Gson calls the records' own checks; whatever these find is a malformed message. */
    private static <T> Outcome<T> value(JsonElement element, Type type) {
        try {
            T value = GSON.fromJson(element, type);
            return value == null
                    ? Outcome.failed(explain("management.malformed"))
                    : Outcome.done(value);
        } catch (RuntimeException malformed) {
            return Outcome.failed(explain("management.malformed"), malformed);
        }
    }

    private static String text(JsonObject object, String key, int limit) {
        if (object.get(key) instanceof JsonPrimitive primitive && primitive.isString()) {
            String text = primitive.getAsString();
            return text.length() <= limit ? text : "";
        }
        return "";
    }

    private static Locale language(JsonObject object) {
        String tag = text(object, "language", 35);
        return tag.isEmpty() ? Locale.ENGLISH : Locale.forLanguageTag(tag);
    }

    private static byte[] bytes(JsonObject object) {
        return GSON.toJson(object).getBytes(StandardCharsets.UTF_8);
    }

    static Explanation explain(String code, Object... arguments) {
        return ManagementTexts.CATALOG.explain(
                code, List.of(arguments).stream().map(String::valueOf).toArray());
    }
}
