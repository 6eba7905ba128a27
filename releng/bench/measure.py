"""One measured run of a peer.

Counted for both sides together: wall time, the flush of the target afterwards, CPU of every process (cgroup version 1 or 2),
peak anonymous memory of all and of the largest process (looked at every 20 ms), bytes on the wire (lo of a private network namespace,
headers included), bytes written to the target's block device. A peer that is resident is a conversation (see peer-standfest): it says
"ready" when its processes run, and only then the clock and the counters start; its processes are in the same cgroup and counted.
"""
import os, signal, subprocess, threading, time

ROOT = "/sys/fs/cgroup"


def read(path):
    with open(path) as f:
        return f.read()


class Group:
    """The processes of one run."""

    def __init__(self):
        name = f"standfest-bench-{os.getpid()}"
        self.v2 = os.path.exists(f"{ROOT}/cgroup.controllers")
        self.dirs = [f"{ROOT}/{name}"] if self.v2 else [f"{ROOT}/{c}/{name}" for c in ("cpuacct", "memory")]
        for d in self.dirs:
            os.makedirs(d, exist_ok=True)

    def enter(self):
        for d in self.dirs:
            with open(d + "/cgroup.procs", "w") as f:
                f.write(str(os.getpid()))

    def cpu(self):
        if self.v2:
            s = dict(line.split() for line in read(self.dirs[0] + "/cpu.stat").splitlines())
            return int(s["user_usec"]) / 1e6, int(s["system_usec"]) / 1e6
        return tuple(int(read(f"{self.dirs[0]}/cpuacct.usage_{k}")) / 1e9 for k in ("user", "sys"))

    def anonymous(self):
        key = "anon " if self.v2 else "rss "
        for line in read(self.dirs[-1] + "/memory.stat").splitlines():
            if line.startswith(key):
                return int(line[len(key):])
        return 0

    def pids(self):
        return [int(p) for p in read(self.dirs[-1] + "/cgroup.procs").split()]

    def largest(self):
        best = 0
        for pid in self.pids():
            try:
                for line in open(f"/proc/{pid}/status"):
                    if line.startswith("RssAnon:"):
                        best = max(best, int(line.split()[1]) * 1024)
            except OSError:
                pass
        return best

    def end(self):
        """Ends what is left of the run: every process in the group was started by it."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            for pid in self.pids():
                try:
                    os.kill(pid, sign)
                except ProcessLookupError:
                    pass
            for _ in range(50):
                if not self.pids():
                    return
                time.sleep(0.1)

    def remove(self):
        for d in self.dirs:
            for _ in range(50):
                try:
                    os.rmdir(d)
                    break
                except OSError:
                    time.sleep(0.1)


class Bench:
    """Where it measures: network namespace, mounted target, its block device."""

    def __init__(self, namespace, target, log):
        self.namespace, self.target, self.log = namespace, target, log
        source = subprocess.run(["findmnt", "-no", "SOURCE", "-T", target], capture_output=True, text=True).stdout.strip()
        self.device = os.path.basename(source)

    def wire(self):
        command = ["ip", "netns", "exec", self.namespace, "cat", "/sys/class/net/lo/statistics/tx_bytes"]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    def written(self):
        return int(read(f"/sys/block/{self.device}/stat").split()[6]) * 512

    def sync(self):
        subprocess.run(["sync", "-f", self.target], check=False)

    def run(self, command, resident=False, limit_s=3600):
        """Runs a command, or holds the conversation with a resident one; returns the figures."""
        group = Group()
        peaks = [0, 0]
        stop = threading.Event()

        def poll():
            while not stop.wait(0.02):
                try:
                    peaks[0] = max(peaks[0], group.anonymous())
                    peaks[1] = max(peaks[1], group.largest())
                except OSError:
                    pass

        full = ["ip", "netns", "exec", self.namespace] + command
        log = open(self.log, "ab")
        log.write(f"== {' '.join(command)}\n".encode())
        log.flush()
        pipe = subprocess.PIPE if resident else log
        process = None
        watcher = threading.Thread(target=poll, daemon=True)
        try:
            if resident:
                process = subprocess.Popen(full, preexec_fn=group.enter, stdin=pipe, stdout=pipe, stderr=log, text=True, bufsize=1)
                if not self.expect(process, "ready"):
                    return dict(rc=1)
            self.sync()
            wire, written, cpu = self.wire(), self.written(), group.cpu()
            watcher.start()
            began = time.monotonic()
            if resident:
                process.stdin.write("go\n")
                answer = self.expect(process, "done")
                rc = 0 if answer == "done 0" else 1
            else:
                process = subprocess.Popen(full, preexec_fn=group.enter, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
                rc = process.wait(limit_s)
            wall = time.monotonic() - began
            self.sync()
            flush = time.monotonic() - began - wall
            stop.set()
            watcher.join()
            after = group.cpu()
            return dict(rc=rc, wall=round(wall, 3), sync=round(flush, 3), user=round(after[0] - cpu[0], 3), sys=round(after[1] - cpu[1], 3),
                        peak_mb=round(peaks[0] / 1e6, 1), process_peak_mb=round(peaks[1] / 1e6, 1), wire=self.wire() - wire,
                        written=self.written() - written, load=os.getloadavg()[0])
        finally:
            stop.set()
            if process is not None and process.poll() is None:
                try:
                    if resident:
                        process.stdin.close()
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
            group.end()
            group.remove()
            log.close()

    @staticmethod
    def expect(process, word):
        for line in process.stdout:
            if line.split()[:1] == [word]:
                return line.strip()
        return ""
