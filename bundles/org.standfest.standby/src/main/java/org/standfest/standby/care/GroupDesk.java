package org.standfest.standby.care;

import org.standfest.management.GroupList;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.engine.groups.GroupCoordinator;
import org.standfest.replication.engine.groups.GroupDefinition;
import org.standfest.replication.engine.groups.GroupReport;
import org.standfest.results.Outcome;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Takes consistency groups when somebody asks. Safe for any thread. */
final class GroupDesk {

    private final CareBooks books;
    private final GroupCoordinator coordinator;
    private final Function<String, Optional<AgentStatus>> agentOf;

    GroupDesk(
            CareBooks books,
            GroupCoordinator coordinator,
            Function<String, Optional<AgentStatus>> agentOf) {
        this.books = books;
        this.coordinator = coordinator;
        this.agentOf = agentOf;
    }

    /**
     * Takes a group and waits for its end.
     *
     * @param committed told of every member that has a new newest point
     */
    Outcome<Tasks.Result> run(
            GroupList.Group group, Tasks.Watch watch, Consumer<String> committed) {
        return definition(group)
                .then(coordinator::begin)
                .then(
                        running -> {
                            watch.onCancel(() -> coordinator.cancel(running.runId()));
                            try {
                                return ended(group, running.result().get(), committed);
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                                coordinator.cancel(running.runId());
                                return Outcome.failed(CareTexts.explain("care.stopping"));
                            } catch (ExecutionException bug) {
                                throw new IllegalStateException(bug);
                            }
                        });
    }

    private Outcome<GroupDefinition> definition(GroupList.Group group) {
        List<GroupDefinition.Member> members = new ArrayList<>();
        for (String systemId : group.systemIds()) {
            Optional<AgentStatus> agent = agentOf.apply(systemId).filter(AgentStatus::connected);
            if (agent.isEmpty()) {
                return Outcome.refused(CareTexts.explain("care.agent-away", systemId));
            }
            members.add(new GroupDefinition.Member(agent.get().agentId(), systemId));
        }
        return Outcome.done(
                new GroupDefinition(group.name(), members, GroupDefinition.Limits.STANDARD));
    }

    private Outcome<Tasks.Result> ended(
            GroupList.Group group, GroupReport report, Consumer<String> committed) {
        return report.result()
                .then(
                        points -> {
                            points.keySet().forEach(committed);
                            Map<String, String> facts = new HashMap<>();
                            facts.put("run", report.runId());
                            facts.put("points", Integer.toString(points.size()));
                            facts.put("spreadMillis", Long.toString(report.spreadMillis()));
                            facts.put("heldMillis", Long.toString(report.heldMillis()));
                            report.instant().ifPresent(at -> facts.put("instantAt", at.toString()));
                            return books.put(
                                            new GroupList.Group(
                                                    group.name(),
                                                    group.systemIds(),
                                                    books.group(group.name())
                                                            .map(GroupList.Group::schedule)
                                                            .result()
                                                            .orElse(group.schedule()),
                                                    report.instant()))
                                    .map(_ -> new Tasks.Result(List.of(), facts));
                        });
    }
}
