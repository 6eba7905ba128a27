package org.standfest.standby;

import org.standfest.hypervisor.PortForward;
import org.standfest.management.AddressToCheck;
import org.standfest.management.MeasuredTimes;
import org.standfest.management.SystemSettings;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.recovery.plans.Witnesses;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.protocol.Message.SystemReport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * All witnesses of a system's outage, asked at once:
 *
 * <ul>
 *   <li>its own positive test at its primary: a service that answers is alive;
 *   <li>for every address that the emergency machine will take on this host: can it be had ({@code
 *       bind}), and does anybody answer there ({@code tcp});
 *   <li>for every other address: {@code tcp} if it has a port, and {@code ping} and {@code arp} if
 *       it is not this host's own;
 *   <li>the agent's word, if it was spoken after the service was last seen;
 *   <li>this host's hypervisors: whether an emergency machine of the system runs already.
 * </ul>
 */
final class AskedWitnesses implements Witnesses {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** An agent looks every second; a "there" that it said earlier may be older than the outage. */
    private static final Duration AGENT_DELAY = Duration.ofSeconds(2);

    private final SystemRecords records;
    private final Partners partners;
    private final HypervisorMachines machines;
    private final Function<String, Optional<AgentStatus>> agentOf;
    private final Function<String, MeasuredTimes> outage;

    /**
     * @param agentOf the agent that protects a system
     * @param outage when the service of a system was last seen, and when its outage was noticed
     */
    AskedWitnesses(
            SystemRecords records,
            Partners partners,
            HypervisorMachines machines,
            Function<String, Optional<AgentStatus>> agentOf,
            Function<String, MeasuredTimes> outage) {
        this.records = records;
        this.partners = partners;
        this.machines = machines;
        this.agentOf = agentOf;
        this.outage = outage;
    }

    private record Question(String probe, ProbeTarget target, Duration limit) {}

    @Override
    public List<Verdict> ask(String systemId) {
        List<Verdict> verdicts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Verdict>>> answers =
                    questions(systemId).stream()
                            .map(question -> threads.submit(() -> ask(question)))
                            .toList();
            for (Future<Optional<Verdict>> answer : answers) {
                answer.get().ifPresent(verdicts::add);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a probe must not throw", bug);
        }
        verdicts.add(agentsWord(systemId));
        verdicts.addAll(machinesHere(systemId));
        return verdicts;
    }

    private Optional<Verdict> ask(Question question) {
        return partners.probe(question.probe())
                .map((Probe probe) -> probe.test(question.target(), question.limit()));
    }

    private Set<Question> questions(String systemId) {
        SystemSettings settings = records.settings(systemId);
        Set<Question> questions = new LinkedHashSet<>();
        settings.primaryTest()
                .ifPresent(
                        test -> {
                            questions.add(
                                    new Question(
                                            test.kind(),
                                            ProbedService.target(test),
                                            Duration.ofMillis(test.timeoutMillis())));
                            elsewhere(questions, test.host(), test.port());
                        });
        for (PortForward forward : forwards(systemId, settings)) {
            ProbeTarget target = ProbeTarget.port(forward.hostAddress(), forward.hostPort());
            questions.add(new Question("bind", target, LIMIT));
            questions.add(new Question("tcp", target, LIMIT));
        }
        for (AddressToCheck address : settings.addresses()) {
            elsewhere(questions, address.host(), address.port());
        }
        return questions;
    }

    private List<PortForward> forwards(String systemId, SystemSettings settings) {
        List<PortForward> set =
                settings.hardware().forwards().stream()
                        .map(
                                one ->
                                        new PortForward(
                                                one.hostAddress(), one.hostPort(), one.guestPort()))
                        .toList();
        return set.isEmpty() ? machines.newest().describedForwards(systemId) : set;
    }

    private static void elsewhere(Set<Question> questions, String host, int port) {
        if (port > 0) {
            questions.add(new Question("tcp", ProbeTarget.port(host, port), LIMIT));
        }
        if (!ownAddress(host)) {
            questions.add(new Question("ping", ProbeTarget.address(host), LIMIT));
            questions.add(new Question("arp", ProbeTarget.address(host), LIMIT));
        }
    }

    /** This host's own addresses always answer a ping; that says nothing about the old machine. */
    private static boolean ownAddress(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (UnknownHostException | SocketException _) {
            return false;
        }
    }

    private Verdict agentsWord(String systemId) {
        Optional<AgentStatus> agent = agentOf.apply(systemId);
        if (agent.isEmpty()) {
            return agent(systemId, Verdict.Answer.INCONCLUSIVE, "standby.agent-unknown", "");
        }
        AgentStatus status = agent.get();
        Optional<SystemReport> report =
                status.report().systems().stream()
                        .filter(system -> system.systemId().equals(systemId))
                        .findFirst();
        if (report.isEmpty() || !believable(status, report.get(), outage.apply(systemId))) {
            return agent(
                    status.agentId(),
                    Verdict.Answer.INCONCLUSIVE,
                    "standby.agent-silent",
                    status.lastSeen().toString());
        }
        String why = report.get().presenceReason();
        return switch (report.get().presence()) {
            case 0 -> agent(status.agentId(), Verdict.Answer.POSITIVE, "standby.agent-there", why);
            case 1 -> agent(status.agentId(), Verdict.Answer.NEGATIVE, "standby.agent-gone", why);
            default ->
                    agent(
                            status.agentId(),
                            Verdict.Answer.INCONCLUSIVE,
                            "standby.agent-unsure",
                            why);
        };
    }

    /**
     * "Gone" counts if it was said after the service was last seen, "there" only if it was said
     * well after the outage was noticed.
     */
    private static boolean believable(
            AgentStatus status, SystemReport report, MeasuredTimes outage) {
        Instant noticed = outage.noticedAt().orElse(Instant.EPOCH);
        Instant from =
                report.presence() == 1
                        ? outage.lastPositiveAt().orElse(noticed)
                        : noticed.plus(AGENT_DELAY);
        return status.connected() && !status.lastSeen().isBefore(from);
    }

    private static Verdict agent(
            String agentId, Verdict.Answer answer, String code, String detail) {
        return new Verdict(
                "agent",
                agentId,
                answer,
                StandbyTexts.explain(code, agentId, detail),
                Duration.ZERO);
    }

    private List<Verdict> machinesHere(String systemId) {
        return machines.machines(systemId).stream()
                .filter(machine -> machines.find(systemId, machine).isPresent())
                .map(
                        machine ->
                                new Verdict(
                                        "hypervisor",
                                        machine,
                                        Verdict.Answer.POSITIVE,
                                        StandbyTexts.explain("standby.machine-runs", machine),
                                        Duration.ZERO))
                .toList();
    }
}
