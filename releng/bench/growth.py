"""What must not grow: measured with Standfest resident, each in states of growing size."""
import os, random, shutil, time

PROCESS_MB = 256
CHANGED = 1000


class Growth:
    def __init__(self, run, options):
        self.run, self.o, self.rows, self.checks = run, options, [], []
        self.source = f"{run.src}/growth"

    def row(self, work, what, figure):
        self.rows.append({"work": work, "what": what, "figure": figure})

    def check(self, work, what, good, detail):
        self.checks.append({"work": work, "peer": "standfest", "what": what, "pass": bool(good), "detail": detail})

    def measure(self, what, kind, source):
        self.run.bench.log = f"{self.o.work}/peers.log"
        target, agent = f"{self.run.tgt}/growth", f"{self.run.src}/.agent/growth"
        os.makedirs(target, exist_ok=True)
        os.makedirs(agent, exist_ok=True)
        here = os.path.dirname(os.path.abspath(__file__))
        row = self.run.bench.run([f"{here}/peer-standfest", "standfest", kind, source, target, agent, self.o.products], resident=True)
        if row["rc"] != 0:
            self.check(what, "it ends well", False, f"see {self.run.bench.log}")
            return None
        cpu = row["user"] + row["sys"]
        figure = (f"{row['wall']:.2f} s, CPU {cpu:.2f} s, wire {row['wire'] / 1e6:.2f} MB, written {row['written'] / 1e6:.1f} MB, "
                  f"largest process {row['process_peak_mb']:.0f} MB")
        print(f"growth {what}: {figure}", file=__import__("sys").stderr, flush=True)
        return dict(row, cpu=cpu, figure=figure)

    def clean(self):
        for folder in (f"{self.run.tgt}/growth", f"{self.run.src}/.agent/growth"):
            shutil.rmtree(folder, ignore_errors=True)
        for name in os.listdir(self.run.src):
            if name.startswith("growth"):
                path = f"{self.run.src}/{name}"
                shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)

    @staticmethod
    def write_blocks(path, size, blocks, seed):
        r = random.Random(seed)
        with open(path, "r+b" if os.path.exists(path) else "wb") as f:
            for block in blocks:
                f.seek(block * 65536)
                f.write(r.randbytes(65536))
            f.truncate(size)

    def blocks(self):
        """The same work in images of growing size: 4,000 blocks with content, 1,000 of them change."""
        costs = {}
        for gib in (1, 4, 16, 64):
            size = gib << 30
            chosen = sorted(random.Random(gib).sample(range(size >> 16), 4000))
            image = self.source + ".img"
            self.write_blocks(image, size, chosen, 1)
            first = self.measure(f"first copy of a sparse image of {gib} GiB", "image", image)
            self.write_blocks(image, size, chosen[::4], 2)
            row = self.measure(f"{CHANGED} changed blocks in {gib} GiB", "image", image)
            if first and row:
                costs[gib] = row["wall"] / CHANGED
                peak = max(first["process_peak_mb"], row["process_peak_mb"])
                self.row("blocks", f"{CHANGED} changed blocks in a sparse image of {gib} GiB",
                         f"{1e3 * costs[gib]:.3f} ms a block; {row['figure']}")
                if gib in (4, 64):
                    self.check("memory", f"each process below {PROCESS_MB} MB at {gib} GiB", peak < PROCESS_MB, f"{peak:.0f} MB")
            self.clean()
        if len(costs) == 4:
            ratio = costs[64] / costs[1]
            self.check("blocks", "the cost of a changed block does not grow from 1 to 64 GiB (at most 1.5)", ratio <= 1.5, f"{ratio:.2f}")

    def files(self):
        count = max(1000, int(1_000_000 * self.o.scale))
        for i in range(count):
            folder = f"{self.source}/d{i // 1000}"
            if i % 1000 == 0:
                os.makedirs(folder)
            with open(f"{folder}/file-{i}", "wb", buffering=0) as f:
                f.write(b"%d of %d\n" % (i, count))
        os.sync()
        peak = 0
        for what, change in ((f"first copy of {count} files", False), ("nothing changed", False), (f"{CHANGED} of {count} files changed", True)):
            if change:
                for i in random.Random(3).sample(range(count), CHANGED):
                    with open(f"{self.source}/d{i // 1000}/file-{i}", "ab") as f:
                        f.write(b"changed\n")
            row = self.measure(what, "tree", self.source)
            if row:
                peak = max(peak, row["process_peak_mb"])
                self.row("files", what, row["figure"])
        self.check("files", f"each process below {PROCESS_MB} MB with {count} files", 0 < peak < PROCESS_MB, f"{peak:.0f} MB")
        self.clean()

    def systems(self):
        count = max(2, int(200 * self.o.scale))
        os.environ["BENCH_SYSTEMS"] = str(count)
        image = self.source + ".img"
        for number in range(count):
            self.write_blocks(image + (str(number) if number else ""), 64 << 20, range(0, 1000, 20), number)
        peak = 0
        for what in (f"first copies of {count} systems at once", f"increments of {count} systems at once"):
            row = self.measure(what, "image", image)
            if row:
                peak = max(peak, row["process_peak_mb"])
                self.row("systems", what, row["figure"])
            for number in range(count):
                self.write_blocks(image + (str(number) if number else ""), 64 << 20, range(0, 1000, 100), 1000 + number)
        os.environ["BENCH_SYSTEMS"] = "1"
        self.check("systems", f"each process below {PROCESS_MB} MB with {count} systems", 0 < peak < PROCESS_MB, f"{peak:.0f} MB")
        self.clean()


def run(bench, options):
    growth = Growth(bench, options)
    wanted = ("blocks", "files", "systems") if options.growth == "all" else options.growth.split(",")
    for name in wanted:
        getattr(growth, "blocks" if name == "memory" else name)()
    return dict(bench.result(), growth=growth.rows, checks=growth.checks)
