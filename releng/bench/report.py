"""The bounds of a run, and its page in Markdown."""

# (work, peer, what, peer to compare with or None, factor of its wall or bytes at scale 1.0)
BOUNDS = [
    ("w1", "standfest", "wall at most 1/4 of reflink clone + rsync over ssh", "rsync-reflink-ssh", 0.25),
    ("w1", "standfest", "wire at most 27 MB", None, 27e6),
    ("w2", "standfest", "wall at most 1/4 of reflink clone + rsync over ssh", "rsync-reflink-ssh", 0.25),
    ("w2", "standfest", "wire at most 162 MB", None, 162e6),
    ("w3", "standfest", "wall at most that of rsync --inplace without versions", "rsync-inplace", 1.0),
    ("w3", "standfest", "wire at most 4.5 MB", None, 4.5e6),
    ("w3-noop", "standfest", "wall at most that of rsync", "rsync-inplace", 1.0),
    ("w4i", "standfest", "wall at most 1.3 of rsync -W", "rsync-whole", 1.3),
    ("w4i", "standfest-z", "wall at most 0.8 of zstd -1 over ssh", "dd-zstd-ssh", 0.8),
    ("w4t", "standfest", "wall at most that of tar + zstd over ssh", "tar-zstd", 1.0),
]
PROCESS_MB = 256
NAMES = {
    "w1": "image, 1 % of the blocks changed", "w2": "image, a database, a log and appended blocks",
    "w3": "tree, 0.5 % of the entries changed", "w3-noop": "tree, nothing changed", "w4i": "first copy of the image",
    "w4t": "first copy of the tree",
}
REFERENCE = {"w1": "rsync-reflink-ssh", "w2": "rsync-reflink-ssh", "w3": "rsync-inplace", "w3-noop": "rsync-inplace",
             "w4i": "rsync-whole", "w4t": "tar-zstd"}


def named(work):
    """The peers that the bounds of a work name."""
    return {peer for of, own, _, other, _ in BOUNDS if of == work for peer in (own, other) if peer}


def bounds(rows, scale):
    """What the issue demands, compared with what was measured. Bytes on the wire shrink with the scale."""
    by = {(row["work"], row["peer"]): row for row in rows}
    checks = []
    for work, peer, what, other, factor in BOUNDS:
        row = by.get((work, peer))
        if row is None or other and (work, other) not in by:
            continue
        if other:
            value, limit = row["wall_s"], by[work, other]["wall_s"] * factor
            detail = f"{value:.2f} s, bound {limit:.2f} s ({value / by[work, other]['wall_s']:.2f} of {other})"
        else:
            value, limit = row["wire_bytes"], factor * scale
            detail = f"{value / 1e6:.2f} MB, bound {limit / 1e6:.2f} MB"
        checks.append({"work": work, "peer": peer, "what": what, "pass": value <= limit, "detail": detail})
    for row in rows:
        if row["peer"].startswith("standfest"):
            peak = row["process_peak_mb"]
            checks.append({"work": row["work"], "peer": row["peer"], "what": f"each process below {PROCESS_MB} MB",
                           "pass": peak < PROCESS_MB, "detail": f"{peak:.0f} MB"})
    return checks


INTRODUCTION = """# Performance

Standfest's replication beside its peers, on the same bytes, in one run:

    ./standfest bench replication --scale {scale:g} --reps {reps} --seed {seed}{named} --markdown docs/performance.md

`releng/bench/README.md` says what is measured and what the peers are. *Wall* is what a person waits for; a committed recovery point of Standfest
is durable by then, while a peer that hands its bytes to the page cache has the rest in *flush*. Standfest's variants keep versions, encrypt and
authenticate; `rsync-inplace` overwrites its only copy over a plain line. Compare ratios within the run, bytes exactly.
"""
GROWTH_TITLE = "\n## What must not grow\n"
GROWTH = GROWTH_TITLE + """
    ./standfest bench replication --growth
"""


def page(result, growth=None):
    """The whole page docs/performance.md."""
    text = INTRODUCTION.format(**result, named=f" --peers {result['peers']}" if result.get("peers") else "") + "\n" + markdown(result) + "\n"
    return text + (GROWTH + "\n" + markdown(growth) + "\n" if growth else "")


def kept(page, earlier):
    """A page, with the growth section that an earlier one had, if it has none itself."""
    at = earlier.find(GROWTH_TITLE)
    return page if at < 0 or GROWTH_TITLE in page else page + earlier[at:]


def markdown(result):
    by = {(row["work"], row["peer"]): row for row in result["rows"]}
    # what must not grow is measured once: it compares one program with itself
    runs = f"medians of {result['reps']}, interleaved" if result["rows"] else "one run"
    lines = [f"Scale {result['scale']:g}, seed {result['seed']}, {runs}; {result['machine']}; "
             f"{result['date']}, {result['version']}.", ""]
    works = [w for w in ("w1", "w2", "w3", "w3-noop", "w4i", "w4t") if any(r["work"] == w for r in result["rows"])]
    if works:
        lines += ["| work | peer | wall s | of the reference | flush s | CPU s | wire MB | written MB | peak MB | largest process MB |",
                  "|---|---|---|---|---|---|---|---|---|---|"]
    for work in works:
        reference = by.get((work, REFERENCE[work]))
        for row in (r for r in result["rows"] if r["work"] == work):
            ratio = f"{row['wall_s'] / reference['wall_s']:.2f}" if reference else "-"
            own = "**" if row["peer"].startswith("standfest") else ""
            lines.append(f"| {work} | {own}{row['peer']}{own} | {row['wall_s']:.2f} | {ratio} | {row['sync_s']:.2f} | {row['cpu_s']:.2f} | "
                         f"{row['wire_bytes'] / 1e6:.2f} | {row['written_bytes'] / 1e6:.2f} | {row['peak_mb']:.0f} | {row['process_peak_mb']:.0f} |")
    if works:
        lines += ["", "; ".join(f"{w}: {NAMES[w]} (reference {REFERENCE[w]})" for w in works) + "."]
    if result.get("growth"):
        lines += ["", "| growth | measured | figure |", "|---|---|---|"]
        lines += [f"| {g['work']} | {g['what']} | {g['figure']} |" for g in result["growth"]]
    lines += ["", "| work | peer | must | measured | |", "|---|---|---|---|---|"]
    lines += [f"| {c['work']} | {c['peer']} | {c['what']} | {c.get('detail', '')} | {'kept' if c['pass'] else '**missed**'} |" for c in result["checks"]]
    return "\n".join(lines)
