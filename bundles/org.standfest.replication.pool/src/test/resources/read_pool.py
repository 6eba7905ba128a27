#!/usr/bin/env python3
"""read_pool.py POOL: verifies every recovery point of every system, from POOL.md alone."""
import hashlib, io, os, stat, struct, sys

BLOCK, CHUNK, PAGE, ZERO = 65536, 1024, 32, bytes(32)


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
    need(values.get("format") in ("1", "2"), path + " of an unknown version")
    return values


def block_hash(content):
    return ZERO if not any(content) else hashlib.sha256(content).digest()


def header(stream, magic):
    need(stream.read(4) == magic, "magic %r" % magic)
    need(struct.unpack(">H", stream.read(2))[0] in (1, 2), "unknown version")


def number(stream, form):
    return struct.unpack(">" + form, stream.read(struct.calcsize(">" + form)))[0]


def text(stream, form="H"):
    return stream.read(number(stream, form))


# disks -------------------------------------------------------------------------------------------


def disk_manifest(path):
    """Size and hashes."""
    with open(path, "rb") as f:
        header(f, b"SFDM")
        f.read(2)
        size = number(f, "q")
        f.seek(64)
        hashes = f.read()
    need(len(hashes) == 32 * -(-size // BLOCK), path + " size")
    return size, [hashes[i:i + 32] for i in range(0, len(hashes), 32)]


def disk_root(size, hashes):
    root = hashlib.sha256(b"SFDM" + struct.pack(">Hq", 2, size))
    for first in range(0, len(hashes), CHUNK):
        chunk = hashes[first:first + CHUNK]
        pages = [b"".join(chunk[i:i + PAGE]) for i in range(0, len(chunk), PAGE)]
        used = sum(1 << number for number, page in enumerate(pages) if any(page))
        content = struct.pack(">I", used) + b"".join(page for page in pages if any(page))
        root.update(hashlib.sha256(content).digest() if used else ZERO)
    return root.hexdigest()


def block_table(path):
    """Size of the disk and, by index, hash and position."""
    with open(path, "rb") as f:
        header(f, b"SFDD")
        f.read(2)
        size, count = number(f, "q"), number(f, "q")
        table = {}
        for _ in range(count):
            index, block, position = struct.unpack(">q32sq", f.read(48))
            table[index] = (block, position)
        end = f.tell()
        stated = f.read(32)
        f.seek(0)
        need(hashlib.sha256(f.read(end)).digest() == stated, path)
    return size, table


def disk_at(system, numbers, n, name):
    """Size, hashes and (file, position) of each block's content, as point n has them."""
    image, manifest, deltas = f"{system}/current/{name}.img", f"{system}/manifests/{name}.disk", []
    for at in reversed(numbers):  # from the oldest on
        if at < n or at == numbers[0]:
            continue
        older = f"{system}/older/{at:08d}/{name}"
        if os.path.exists(older + ".img"):
            image, manifest = older + ".img", older + ".manifest"
            break
        deltas.append(older + ".disk")
    size, hashes = disk_manifest(manifest)
    places = [(image, i * BLOCK) for i in range(len(hashes))]
    for delta in reversed(deltas):  # from the newest on
        size, table = block_table(delta)
        count = -(-size // BLOCK)
        hashes = (hashes + [ZERO] * count)[:count]
        places = (places + [(image, i * BLOCK) for i in range(len(places), count)])[:count]
        for index, (block, position) in table.items():
            hashes[index], places[index] = block, (delta, position)
    return size, hashes, places


def check_disk(system, numbers, point, name):
    n, newest = int(point["number"]), int(point["number"]) == numbers[0]
    size, hashes, places = disk_at(system, numbers, n, name)
    need(size == int(point[f"volume.{name}.sizeBytes"]), name + " size")
    need(disk_root(size, hashes) == point[f"volume.{name}.root"], f"{name} root of point {n}")
    opened = {}
    try:
        for i, (path, position) in enumerate(places):
            if hashes[i] == ZERO and not newest:
                continue
            if path not in opened:
                opened[path] = open(path, "rb")
            opened[path].seek(position)
            content = opened[path].read(min(BLOCK, size - i * BLOCK))
            need(block_hash(content) == hashes[i], f"{name} block {i} of point {n}")
    finally:
        for f in opened.values():
            f.close()
    if newest:
        need(os.path.getsize(f"{system}/current/{name}.img") == size, name + " length")
    return len(hashes)


# trees -------------------------------------------------------------------------------------------


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


def tree_manifest(path):
    """The entries by path."""
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
    return entries


def tree_root(entries):
    order = sorted(entries.values(), key=lambda e: bytes(e["path"]).replace(b"/", b"\0"))
    root = hashlib.sha256(b"SFTM" + struct.pack(">Hq", 1, len(order)))
    for e in order:
        root.update(e["raw"])
    return root.hexdigest()


def tree_delta(path):
    """(entry or None, node or None) by path."""
    raw = open(path, "rb").read()
    need(hashlib.sha256(raw[:-32]).digest() == raw[-32:], path)
    f = io.BytesIO(raw)
    header(f, b"SFTD")
    f.read(2)
    records = []
    for _ in range(number(f, "q")):
        kind = number(f, "B")
        if kind == 0:
            records.append((text(f), None, None))
        else:
            e = read_entry(f)
            records.append((e["path"], e, number(f, "q") if kind == 2 else None))
    return records


KINDS = {1: stat.S_ISREG, 2: stat.S_ISDIR, 3: stat.S_ISLNK, 5: stat.S_ISFIFO, 6: stat.S_ISCHR, 7: stat.S_ISBLK}


def check_content(path, e):
    with open(path, "rb") as f:
        for i in range(0, len(e["blocks"]), 32):
            need(block_hash(f.read(BLOCK)) == e["blocks"][i:i + 32], f"{path} block {i // 32}")


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
        check_content(path, e)


def check_tree(system, numbers, point, name):
    n = int(point["number"])
    entries, nodes = tree_manifest(f"{system}/manifests/{name}.tree"), {}
    for at in numbers[1:]:
        if at < n:
            break
        for path, e, node in tree_delta(f"{system}/older/{at:08d}/{name}.tree"):
            entries.pop(path, None)
            if e is not None:
                entries[path] = e
            if node is not None:
                nodes[path] = f"{system}/older/{at:08d}/{name}/{node}"
    need(tree_root(entries) == point[f"volume.{name}.root"], f"{name} root of point {n}")
    need(len(entries) == int(point[f"volume.{name}.entries"]), name + " entries")
    native = os.fsencode(f"{system}/current/{name}")
    if n != numbers[0]:
        for e in entries.values():
            if e["kind"] == 1:
                check_content(nodes.get(e["path"], os.path.join(native, e["path"])), e)
        return len(entries)
    lost = set(point[f"volume.{name}.notKept"].split(","))
    for e in entries.values():
        check_entry(native, e, lost)
    found = sum(len(d) + len(f) for _, d, f in os.walk(native)) + 1
    need(found == len(entries), f"{name} has {found} entries, not {len(entries)}")
    return len(entries)


# the pool ----------------------------------------------------------------------------------------


def main(pool):
    sheet(pool + "/pool.properties")
    groups = os.listdir(pool + "/groups")
    need(not groups, "a group commit is unfinished")
    for name in sorted(os.listdir(pool + "/systems")):
        system = f"{pool}/systems/{name}"
        sheet(system + "/system.properties")
        for decision in ("redo", "removal"):
            need(not os.path.exists(f"{system}/{decision}.properties"), name + " is unfinished")
        sheets = [p for p in os.listdir(system + "/points") if p.endswith(".properties")]
        numbers = sorted((int(p.split(".")[0]) for p in sheets), reverse=True)
        for n in numbers:
            point = sheet(f"{system}/points/{n:08d}.properties")
            for key, said in point.items():
                if key.startswith("pool.attachment."):
                    content = open(f"{system}/attachments/{said[:64]}", "rb").read()
                    need(hashlib.sha256(content).hexdigest() + f":{len(content)}" == said, key)
            for volume in point["volumes"].split(","):
                check = check_disk if point[f"volume.{volume}.kind"] == "DISK" else check_tree
                print("intact", name, n, volume, check(system, numbers, point, volume))


main(sys.argv[1])
