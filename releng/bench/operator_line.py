"""An operator's line to a standby, as PROTOCOL.md sections 1 to 3 and 8 say it: Python's standard library, nothing of Standfest."""
import json, os, socket, ssl, struct, subprocess, time

MANAGE, HELLO, WELCOME, REFUSAL, KEEP_ALIVE, REQUEST, ANSWER = 5, 1, 2, 3, 5, 0x40, 0x41


class Refused(Exception):
    pass


def text(value):
    b = value.encode()
    return struct.pack(">H", len(b)) + b


class Operator:
    def __init__(self, folder, host, port, scratch):
        self.folder, self.host, self.port, self.scratch, self.number = folder, host, port, scratch, 0
        self.line = None

    def context(self):
        pem = os.path.join(self.scratch, "operator.pem")
        if not os.path.exists(pem):
            command = ["openssl", "pkcs12", "-in", os.path.join(self.folder, "identity.p12"), "-passin", "pass:standfest", "-nodes", "-out", pem]
            subprocess.run(command, check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.check_hostname = False
        context.set_alpn_protocols(["standfest"])
        certificates = open(pem).read().split("-----BEGIN CERTIFICATE-----")[1:]
        authority = "-----BEGIN CERTIFICATE-----" + certificates[-1].split("-----END")[0] + "-----END CERTIFICATE-----\n"
        context.load_verify_locations(cadata=authority)
        context.load_cert_chain(pem)
        return context

    def open(self):
        """Says hello in the newest version first; a standby of another version names its own."""
        context = self.context()
        for major in (2, 1):
            raw = socket.create_connection((self.host, self.port), timeout=60)
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.line = context.wrap_socket(raw)
            self.send(HELLO, b"STFP" + struct.pack(">HHB", major, 0, MANAGE) + text("en") + text("bench"))
            kind, payload = self.receive()
            if kind == WELCOME:
                return self
            self.line.close()
        raise Refused(payload.decode(errors="replace"))

    def send(self, kind, payload):
        self.line.sendall(struct.pack(">IB", len(payload), kind) + payload)

    def exactly(self, count):
        got = b""
        while len(got) < count:
            more = self.line.recv(count - len(got))
            if not more:
                raise Refused("the line was closed")
            got += more
        return got

    def receive(self):
        while True:
            length, kind = struct.unpack(">IB", self.exactly(5))
            payload = self.exactly(length)
            if kind != KEEP_ALIVE:
                return kind, payload

    def ask(self, call, **arguments):
        if self.line is None:
            self.open()
        self.number += 1
        question = json.dumps({"version": 1, "call": call, "language": "en", "arguments": arguments}).encode()
        self.send(REQUEST, struct.pack(">q", self.number) + question)
        kind, payload = self.receive()
        if kind != ANSWER:
            raise Refused(payload.decode(errors="replace"))
        answer = json.loads(payload[8:])
        if answer["outcome"] != "done":
            raise Refused(json.dumps(answer.get("reason")))
        return answer.get("value")

    def replicate(self, *systems):
        """Makes recovery points now and waits for their end."""
        running = [self.ask("Begin", systemId=system, action="REPLICATE", confirmed=[]) for system in systems]
        began = time.monotonic()
        wait = 0.002
        while running:
            operation = running[0]
            if operation["state"] == "SUCCEEDED":
                running.pop(0)
            elif operation["state"] == "RUNNING":
                time.sleep(wait)
                # Asking costs the standby's CPU; asking late only makes our own wall longer, by 2 % at most.
                wait = min(max(0.02, (time.monotonic() - began) / 50), wait * 1.5)
                running[0] = self.ask("OneOperation", operationId=operation["id"])
            else:
                raise Refused(json.dumps(operation))

    def close(self):
        if self.line is not None:
            self.line.close()
            self.line = None
