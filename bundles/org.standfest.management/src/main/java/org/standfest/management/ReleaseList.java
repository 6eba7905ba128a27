package org.standfest.management;

import java.util.List;

/**
 * What waits for a second person, and what was decided in the last day; the newest first.
 *
 * @param requests the requests
 */
public record ReleaseList(List<ReleaseRequest> requests) {

    /** Copies the list. */
    public ReleaseList {
        requests = List.copyOf(requests);
    }
}
