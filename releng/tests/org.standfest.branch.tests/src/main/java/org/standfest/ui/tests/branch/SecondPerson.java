package org.standfest.ui.tests.branch;

import org.standfest.management.Action;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReleaseList;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.StandbyClient;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A standby that moves no system before a second person agrees, as long as that is wanted. */
final class SecondPerson implements InvocationHandler {

    private final StandbyClient behind;
    private final InstantSource clock;
    private volatile boolean wanted;
    private volatile Optional<ReleaseRequest> asked = Optional.empty();

    SecondPerson(StandbyClient behind, InstantSource clock) {
        this.behind = behind;
        this.clock = clock;
    }

    /** Whether a move needs one from now on. */
    void wanted(boolean needed) {
        wanted = needed;
    }

    /** The standby as a caller sees it. */
    StandbyClient standby() {
        return (StandbyClient)
                Proxy.newProxyInstance(
                        SecondPerson.class.getClassLoader(),
                        new Class<?>[] {StandbyClient.class},
                        this);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (wanted && method.getName().equals("begin") && arguments[1] == Action.SWITCH) {
            asked = Optional.of(request((String) arguments[0], ReleaseRequest.State.WAITING));
            return Outcome.refused(
                    Explanation.rendered(
                            "standby.second-person", "Not alone.", "Nothing is done.", "Wait."));
        }
        if (method.getName().equals("ask")) {
            if (arguments[0] instanceof RecoveryCall.Releases) {
                return Outcome.done(new ReleaseList(asked.stream().toList()));
            }
            if (arguments[0] instanceof RecoveryCall.DenyRelease) {
                ReleaseRequest denied =
                        request(asked.orElseThrow().systemId(), ReleaseRequest.State.DENIED);
                asked = Optional.empty();
                return Outcome.done(denied);
            }
        }
        try {
            return method.invoke(behind, arguments);
        } catch (InvocationTargetException fault) {
            throw fault.getCause();
        }
    }

    private ReleaseRequest request(String systemId, ReleaseRequest.State state) {
        Instant now = clock.instant();
        return new ReleaseRequest(
                "request-1",
                systemId,
                Optional.of(Action.SWITCH),
                "clerk",
                now,
                now.plusSeconds(3600),
                state,
                "",
                "",
                true,
                new Reason("request", "clerk asks to move it.", "It waits.", "Agree or decline."));
    }
}
