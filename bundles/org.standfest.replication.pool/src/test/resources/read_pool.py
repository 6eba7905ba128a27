#!/usr/bin/env python3
"""read_pool.py POOL: verifies the newest recovery point of every system, from POOL.md alone."""
import hashlib, io, os, stat, struct, sys

BLOCK, CHUNK, ZERO = 65536, 1024, bytes(32)


def need(condition, what):
    if not condition:
        raise SystemExit("damaged: " + what)


def sheet(path):
    raw = open(path, "rb").read()
    body, last = raw[:-72], raw[-72:]
    need(last == b"sha256=" + hashlib.sha256(body).hexdigest().encode() + b"\n", path)
    values = {}
    for line in body.decode().splitlines():
        key, value = line.split("=", 1)
        for escaped, plain in (("\\\\", "\0"), ("\\n", "\n"), ("\\r", "\r"), ("\0", "\\")):
            value = value.replace(escaped, plain)
        values[key] = value
    need(values.get("format") == "1", path + " of an unknown version")
    return values


def block_hash(content):
    return ZERO if not any(content) else hashlib.sha256(content).digest()


def header(stream, magic):
    need(stream.read(4) == magic, "magic %r" % magic)
    need(struct.unpack(">H", stream.read(2))[0] == 1, "unknown version")


def check_disk(system, name, point):
    with open(f"{system}/manifests/{name}.disk", "rb") as f:
        header(f, b"SFDM")
        f.read(2)
        size, = struct.unpack(">q", f.read(8))
        f.seek(64)
        hashes = f.read()
    count = -(-size // BLOCK)
    need(len(hashes) == 32 * count and size == int(point[f"volume.{name}.sizeBytes"]), name + " size")
    root = hashlib.sha256(b"SFDM" + struct.pack(">Hq", 1, size))
    for first in range(0, count, CHUNK):
        chunk = hashes[32 * first:32 * (first + CHUNK)]
        root.update(hashlib.sha256(chunk).digest() if any(chunk) else ZERO)
    need(root.hexdigest() == point[f"volume.{name}.root"], name + " root")
    with open(f"{system}/current/{name}.img", "rb") as image:
        for i in range(count):
            need(block_hash(image.read(BLOCK)) == hashes[32 * i:32 * i + 32], f"{name} block {i}")
        need(image.read(1) == b"", name + " is too long")
    return count


def number(stream, form):
    return struct.unpack(">" + form, stream.read(struct.calcsize(">" + form)))[0]


def text(stream, form="H"):
    return stream.read(number(stream, form))


def read_entry(f):
    """The entry as a dictionary, with its own bytes."""
    start, e = f.tell(), {}
    e["path"] = text(f)
    parts = e["path"].split(b"/") if e["path"] else []
    need(all(p and p not in (b".", b"..") and b"\0" not in p for p in parts), "path")
    kind = e["kind"] = number(f, "B")
    if kind == 4:
        e["first"] = text(f)
    else:
        e["mode"], e["uid"], e["gid"], e["mtime"] = (number(f, c) for c in "HIIq")
        e["xattrs"] = {}
        for _ in range(number(f, "H")):
            attribute = text(f)
            e["xattrs"][attribute.decode()] = text(f, "I")
        if kind == 3:
            e["target"] = text(f)
        elif kind in (6, 7):
            e["device"] = (number(f, "I"), number(f, "I"))
        elif kind == 1:
            e["size"] = number(f, "q")
            for _ in range(number(f, "I")):
                f.read(16)
            e["blocks"] = f.read(32 * -(-e["size"] // BLOCK))
    end = f.tell()
    f.seek(start)
    e["raw"] = f.read(end - start)
    return e


def tree_entries(path):
    f = io.BytesIO(open(path, "rb").read())
    header(f, b"SFTB")
    f.read(2)
    base = number(f, "q")
    start = f.tell()
    header(f, b"SFTM")
    entries = {}
    for _ in range(number(f, "q")):
        e = read_entry(f)
        entries[e["path"]] = e
    end = f.tell()
    f.seek(start)
    need(hashlib.sha256(f.read(end - start)).digest() == f.read(32), path + " base")
    need(f.tell() == start + base, path + " length of the base")
    while len(f.getbuffer()) > f.tell():
        start = f.tell()
        header(f, b"SFTC")
        f.read(2)
        for _ in range(number(f, "q")):
            if number(f, "B") == 0:
                entries.pop(text(f), None)
            else:
                e = read_entry(f)
                entries[e["path"]] = e
        end = f.tell()
        f.seek(start)
        need(hashlib.sha256(f.read(end - start)).digest() == f.read(32), path + " segment")
    order = sorted(entries.values(), key=lambda e: bytes(e["path"]).replace(b"/", b"\0"))
    root = hashlib.sha256(b"SFTM" + struct.pack(">Hq", 1, len(order)))
    for e in order:
        root.update(e["raw"])
    return order, root.hexdigest()


KINDS = {1: stat.S_ISREG, 2: stat.S_ISDIR, 3: stat.S_ISLNK, 5: stat.S_ISFIFO, 6: stat.S_ISCHR, 7: stat.S_ISBLK}


def check_entry(root, e, lost):
    path = os.path.join(root, e["path"]) if e["path"] else root
    s = os.lstat(path)
    if e["kind"] == 4:
        first = os.lstat(os.path.join(root, e["first"]))
        need("HARD_LINK" in lost or (first.st_ino, first.st_dev) == (s.st_ino, s.st_dev), f"{path} hard link")
        return
    replaced = {3: "SYMLINK", 5: "FIFO", 6: "DEVICE", 7: "DEVICE"}.get(e["kind"])
    if replaced not in lost:
        need(KINDS[e["kind"]](s.st_mode), f"{path} kind")
    need("TIME" in lost or s.st_mtime_ns == e["mtime"], f"{path} time")
    need("OWNER" in lost or (s.st_uid, s.st_gid) == (e["uid"], e["gid"]), f"{path} owner")
    if e["kind"] != 3:
        need("MODE" in lost or stat.S_IMODE(s.st_mode) == e["mode"], f"{path} mode")
    if "ATTRIBUTES" not in lost and "ACL" not in lost:
        names = os.listxattr(path, follow_symlinks=False)
        found = {k: os.getxattr(path, k, follow_symlinks=False) for k in names}
        need(found == e["xattrs"], f"{path} extended attributes")
    if e["kind"] == 3 and "SYMLINK" not in lost:
        need(os.readlink(path) == e["target"], f"{path} target")
    if e["kind"] in (6, 7) and "DEVICE" not in lost:
        need((os.major(s.st_rdev), os.minor(s.st_rdev)) == e["device"], f"{path} device")
    if e["kind"] == 1:
        need(s.st_size == e["size"], f"{path} size")
        with open(path, "rb") as f:
            for i in range(0, len(e["blocks"]), 32):
                need(block_hash(f.read(BLOCK)) == e["blocks"][i:i + 32], f"{path} block {i // 32}")


def check_tree(system, name, point):
    entries, root = tree_entries(f"{system}/manifests/{name}.tree")
    need(root == point[f"volume.{name}.root"], name + " root")
    need(len(entries) == int(point[f"volume.{name}.entries"]), name + " entries")
    lost = set(point[f"volume.{name}.notKept"].split(","))
    native = os.fsencode(f"{system}/current/{name}")
    for e in entries:
        check_entry(native, e, lost)
    found = sum(len(d) + len(f) for _, d, f in os.walk(native)) + 1
    need(found == len(entries), f"{name} has {found} entries, not {len(entries)}")
    return len(entries)


def main(pool):
    sheet(pool + "/pool.properties")
    for name in sorted(os.listdir(pool + "/systems")):
        system = f"{pool}/systems/{name}"
        sheet(system + "/system.properties")
        need(not os.path.exists(system + "/redo.properties"), name + " has an unfinished commit")
        points = sorted(p for p in os.listdir(system + "/points") if p.endswith(".properties"))
        if not points:
            continue
        point = sheet(f"{system}/points/{points[-1]}")
        for volume in point["volumes"].split(","):
            check = check_disk if point[f"volume.{volume}.kind"] == "DISK" else check_tree
            print("intact", name, point["number"], volume, check(system, volume, point))


main(sys.argv[1])
