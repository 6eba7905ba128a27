package org.standfest.hypervisor.qemu;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** Short ways to write down what QEMU is told. */
final class Json {

    private Json() {}

    /** An object of names and values in turn; values are texts, numbers, truth values or JSON. */
    static JsonObject object(Object... namesAndValues) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.add((String) namesAndValues[i], element(namesAndValues[i + 1]));
        }
        return object;
    }

    /** An array. */
    static JsonArray array(Object... values) {
        JsonArray array = new JsonArray();
        for (Object value : values) {
            array.add(element(value));
        }
        return array;
    }

    /** One part of a transaction. */
    static JsonObject action(String type, Object... data) {
        return object("type", type, "data", object(data));
    }

    private static JsonElement element(Object value) {
        return switch (value) {
            case JsonElement json -> json;
            case String text -> new JsonPrimitive(text);
            case Number number -> new JsonPrimitive(number);
            case Boolean truth -> new JsonPrimitive(truth);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }
}
