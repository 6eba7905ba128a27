"""A QEMU process without a guest at work, whose disk is written through its own block layer: so its dirty bitmaps see every write."""
import json, os, shutil, socket, struct, subprocess, time


class Guest:
    NODE = "disk-data"

    def __init__(self, folder, image):
        self.folder, self.image = folder, os.path.join(folder, "guest.img")
        subprocess.run(["cp", "--reflink=auto", "--sparse=always", image, self.image], check=True)
        for name in ("qmp", "nbd"):
            if os.path.exists(f"{folder}/{name}"):
                os.remove(f"{folder}/{name}")
        command = ["qemu-system-x86_64", "-machine", "q35,accel=tcg", "-m", "32", "-S", "-display", "none", "-nodefaults",
                   "-qmp", f"unix:{folder}/qmp,server=on,wait=off", "-qmp", f"unix:{folder}/control,server=on,wait=off",
                   "-blockdev", f"driver=file,filename={self.image},node-name=file-data",
                   "-blockdev", f"driver=raw,file=file-data,node-name={self.NODE}",
                   "-device", f"virtio-blk-pci,drive={self.NODE},id=data,share-rw=on"]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        for _ in range(500):
            if os.path.exists(f"{folder}/control"):
                break
            time.sleep(0.02)
        self.qmp = socket.socket(socket.AF_UNIX)
        self.qmp.connect(f"{folder}/control")
        self.answers = self.qmp.makefile("r")
        json.loads(self.answers.readline())
        self.execute("qmp_capabilities")

    @staticmethod
    def socket(folder):
        return f"{folder}/qmp"

    def execute(self, command, **arguments):
        self.qmp.sendall(json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n")
        for line in self.answers:
            answer = json.loads(line)
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise OSError(answer["error"]["desc"])
        raise OSError("QEMU closed its control socket")

    def become(self, image):
        """Writes where the disk differs from an image, through QEMU."""
        wanted, have = open(image, "rb"), open(self.image, "rb")
        size = os.path.getsize(image)
        if size != os.path.getsize(self.image):
            raise OSError("a guest's disk does not grow here")
        self.execute("nbd-server-start", addr={"type": "unix", "data": {"path": f"{self.folder}/nbd"}})
        self.execute("block-export-add", type="nbd", id="bench", **{"node-name": self.NODE}, name="bench", writable=True)
        line = Nbd(f"{self.folder}/nbd", "bench")
        position = 0
        while position < size:
            a, b = wanted.read(1 << 20), have.read(1 << 20)
            if a != b:
                for at in range(0, len(a), 4096):
                    if a[at:at + 4096] != b[at:at + 4096]:
                        line.write(position + at, a[at:at + 4096])
            position += len(a)
        line.flush()
        line.close()
        self.execute("block-export-del", id="bench", mode="hard")
        for _ in range(100):
            if not self.execute("query-block-exports"):
                break
            time.sleep(0.05)
        self.execute("nbd-server-stop")

    def end(self):
        try:
            self.execute("quit")
            self.process.wait(10)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()


class Nbd:
    """Just enough of the NBD protocol to write."""

    def __init__(self, path, name):
        self.line = socket.socket(socket.AF_UNIX)
        self.line.connect(path)
        self.exactly(16)
        self.exactly(2)
        self.line.sendall(struct.pack(">I", 3))
        n = name.encode()
        self.line.sendall(b"IHAVEOPT" + struct.pack(">II", 1, len(n)) + n)
        self.exactly(10)

    def exactly(self, count):
        got = b""
        while len(got) < count:
            more = self.line.recv(count - len(got))
            if not more:
                raise OSError("the NBD line was closed")
            got += more
        return got

    def request(self, kind, position, length, data=b""):
        self.line.sendall(struct.pack(">IHHQQI", 0x25609513, 0, kind, 1, position, length) + data)
        if struct.unpack(">IIQ", self.exactly(16))[1] != 0:
            raise OSError("an NBD write failed")

    def write(self, position, data):
        self.request(1, position, len(data), data)

    def flush(self):
        self.request(3, 0, 0)

    def close(self):
        self.line.sendall(struct.pack(">IHHQQI", 0x25609513, 0, 2, 1, 0, 0))
        self.line.close()
