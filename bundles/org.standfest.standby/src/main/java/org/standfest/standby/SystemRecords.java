package org.standfest.standby;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.standfest.management.JsonForms;
import org.standfest.management.SessionInfo;
import org.standfest.management.SystemSettings;
import org.standfest.recovery.DurableFile;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * What the standby knows of each system besides its course: settings, the agent that is its
 * rightful primary, and the last session. One file per system, {@code record.json}, version 1.
 */
final class SystemRecords {

    private static final int VERSION = 1;
    private static final int LIMIT_BYTES = 1024 * 1024;

    private final StandbyHome home;
    private final Map<String, SystemRecord> known = new ConcurrentHashMap<>();
    private final Map<String, Explanation> problems = new ConcurrentHashMap<>();
    private final Gson gson =
            JsonForms.teach(new GsonBuilder()).disableHtmlEscaping().setPrettyPrinting().create();

    SystemRecords(StandbyHome home) {
        this.home = home;
    }

    /**
     * One system's record.
     *
     * @param settings what the standby was told
     * @param homeAgent the agent of the primary; empty before one was seen
     * @param lastSession the last session in figures
     * @param testPassed whether the positive test has ever seen the service at its primary: a test
     *     that never passed proves no outage
     */
    record SystemRecord(
            SystemSettings settings,
            String homeAgent,
            Optional<SessionInfo> lastSession,
            boolean testPassed) {

        static final SystemRecord NONE =
                new SystemRecord(SystemSettings.DEFAULT, "", Optional.empty(), false);

        SystemRecord {
            Objects.requireNonNull(settings);
            Objects.requireNonNull(homeAgent);
            Objects.requireNonNull(lastSession);
        }

        SystemRecord with(SystemSettings other) {
            boolean sameTest = settings.primaryTest().equals(other.primaryTest());
            return new SystemRecord(other, homeAgent, lastSession, testPassed && sameTest);
        }

        SystemRecord at(String agent) {
            return new SystemRecord(settings, agent, lastSession, testPassed);
        }

        SystemRecord after(SessionInfo session) {
            return new SystemRecord(settings, homeAgent, Optional.of(session), testPassed);
        }

        /** Whether a session is younger than the last one that is known. */
        boolean misses(SessionInfo session) {
            return lastSession
                    .filter(old -> !old.finishedAt().isBefore(session.finishedAt()))
                    .isEmpty();
        }

        SystemRecord passed() {
            return new SystemRecord(settings, homeAgent, lastSession, true);
        }
    }

    /** Reads a record into memory; what cannot be understood is kept aside as a problem. */
    void load(String systemId) {
        read(systemId).problem().ifPresent(why -> problems.put(systemId, why));
    }

    /** Why a system's record cannot be used; empty if it can. */
    Optional<Explanation> problem(String systemId) {
        return Optional.ofNullable(problems.get(systemId));
    }

    private Outcome<Void> read(String systemId) {
        try {
            Optional<byte[]> bytes =
                    DurableFile.read(home.system(systemId).resolve("record.json"), LIMIT_BYTES);
            if (bytes.isPresent()) {
                JsonObject object =
                        JsonParser.parseString(new String(bytes.get(), StandardCharsets.UTF_8))
                                .getAsJsonObject();
                int version = object.get("version").getAsInt();
                if (version != VERSION) {
                    return Outcome.refused(
                            StandbyTexts.explain(
                                    "standby.record-version", systemId, version, VERSION));
                }
                known.put(systemId, gson.fromJson(object.get("record"), SystemRecord.class));
            }
            return Outcome.done();
        } catch (IOException | RuntimeException damaged) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.record-damaged", systemId), damaged);
        }
    }

    SystemRecord get(String systemId) {
        return known.getOrDefault(systemId, SystemRecord.NONE);
    }

    SystemSettings settings(String systemId) {
        return get(systemId).settings();
    }

    /** Changes a record as it is at that moment, so that no other change is lost. */
    synchronized Outcome<Void> change(String systemId, UnaryOperator<SystemRecord> change) {
        return put(systemId, change.apply(get(systemId)));
    }

    private Outcome<Void> put(String systemId, SystemRecord record) {
        if (problems.containsKey(systemId)) {
            return Outcome.refused(problems.get(systemId));
        }
        JsonObject object = new JsonObject();
        object.addProperty("version", VERSION);
        object.add("record", gson.toJsonTree(record));
        try {
            DurableFile.write(
                    home.system(systemId).resolve("record.json"),
                    gson.toJson(object).getBytes(StandardCharsets.UTF_8));
            known.put(systemId, record);
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-write", fault.getMessage()), fault);
        }
    }
}
