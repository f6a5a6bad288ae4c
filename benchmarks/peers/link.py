"""A packet-level link between two network namespaces, in user space.

The kernel here has no sch_netem, so two TUN devices, one in each namespace,
are joined by this process, which gives every packet a serialisation time
(rate), a drop-tail queue (queue_ms), a propagation delay (rtt_ms / 2) and, on
the way up, a random loss. Both ends run the kernel's own TCP, so congestion
control, slow start, retransmission and parallel connections behave as they
would on a real line. It needs root (CAP_NET_ADMIN) and /dev/net/tun.

`Link` is used by the run. Run as a program, this file is the forwarder:
    python -m benchmarks.peers.link CLIENT_DEVICE SERVER_DEVICE --rate 50 --rtt 40 --loss 0.01 --stats FILE
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import ctypes
import fcntl
import json
import os
import random
import select
import signal
import struct
import subprocess
import time

from benchmarks.peers.proc import started

CLIENT_IP, SERVER_IP = "10.77.1.1", "10.77.1.2"  # the namespaces are this process's own, so several links can stand
MTU = 1500

_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_CLONE_NEWNET, _PR_SET_PDEATHSIG = 0x40000000, 1
_LIBC = ctypes.CDLL(None, use_errno=True)
_FIRST_NAMESPACE = os.open("/proc/self/ns/net", os.O_RDONLY)


def _ip(*args: str, check: bool = True) -> None:
    subprocess.run(["ip", *args], check=check, capture_output=not check)


def enter_namespace(name: str | None) -> None:
    """Moves the calling thread (and what it starts later) into a namespace; None is the one it began in."""
    fd = os.open(f"/run/netns/{name}", os.O_RDONLY) if name else _FIRST_NAMESPACE
    if _LIBC.setns(fd, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")
    if name:
        os.close(fd)


class Link:
    """Makes the namespaces and runs the forwarder; `stats()` counts the bytes on the wire."""

    def __init__(self, rate_mbit: float, rtt_ms: float, loss: float, queue_ms: float, cc: str, workdir: str, seed: int):
        self.stats_file = os.path.join(workdir, f"link-{os.getpid()}.json")
        self.client_ns, self.server_ns = (f"bench-{side}-{os.getpid()}" for side in ("client", "server"))
        devices = f"bc{os.getpid()}", f"bs{os.getpid()}"
        for ns in (self.client_ns, self.server_ns):
            _ip("netns", "add", ns)
            _ip("-n", ns, "link", "set", "lo", "up")
        arguments = {
            "rate": rate_mbit,
            "rtt": rtt_ms,
            "loss": loss,
            "queue": queue_ms,
            "stats": self.stats_file,
            "seed": seed,
        }
        words = (word for name, value in arguments.items() for word in (f"--{name}", str(value)))
        self.process = started("benchmarks.peers.link", *devices, *words)
        try:
            for ns, dev, ip, peer in (
                (self.client_ns, devices[0], CLIENT_IP, SERVER_IP),
                (self.server_ns, devices[1], SERVER_IP, CLIENT_IP),
            ):
                _ip("link", "set", dev, "netns", ns)
                _ip("-n", ns, "addr", "add", ip, "dev", dev)
                _ip("-n", ns, "link", "set", dev, "mtu", str(MTU), "txqueuelen", "10000", "up")
                # the congestion control goes on the route: a namespace may not change the default itself
                _ip("-n", ns, "route", "add", peer, "dev", dev, "src", ip, "congctl", cc)
                subprocess.run(
                    ["ip", "netns", "exec", ns, "sysctl", "-qw", "net.ipv4.tcp_no_metrics_save=1"], check=True
                )
        except BaseException:
            self.close()
            raise

    def stats(self) -> dict:
        """What the forwarder counted up to now: it writes four times a second."""
        asked = time.monotonic()
        while time.monotonic() < asked + 5:
            with contextlib.suppress(FileNotFoundError), open(self.stats_file) as f:
                found = json.load(f)
                if found["at"] >= asked:
                    return found
            time.sleep(0.02)
        raise RuntimeError("the link says nothing any more")

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        for ns in (self.client_ns, self.server_ns):
            _ip("netns", "del", ns, check=False)
        if os.path.exists(self.stats_file):
            os.unlink(self.stats_file)


class Direction:
    """One way of the line: its rate, queue, delay and loss."""

    def __init__(
        self, out_fd: int, bytes_per_s: float, delay: float, loss: float, queue_bytes: float, rng: random.Random
    ):
        self.out_fd, self.bytes_per_s, self.delay, self.loss, self.queue_bytes, self.rng = (
            out_fd,
            bytes_per_s,
            delay,
            loss,
            queue_bytes,
            rng,
        )
        self.fifo: collections.deque = collections.deque()
        self.free_at = 0.0
        self.bytes = self.packets = self.lost = self.overflowed = 0

    def offer(self, packet: bytes, now: float) -> None:
        self.bytes += len(packet)
        self.packets += 1
        start = self.free_at if self.free_at > now else now
        if (start - now) * self.bytes_per_s > self.queue_bytes:
            self.overflowed += 1
            return
        self.free_at = start + len(packet) / self.bytes_per_s
        if self.loss and self.rng.random() < self.loss:
            self.lost += 1
            return
        self.fifo.append((self.free_at + self.delay, packet))

    def send_due(self, now: float) -> None:
        fifo = self.fifo
        while fifo and fifo[0][0] <= now:
            with contextlib.suppress(OSError):  # the device is gone or down
                os.write(self.out_fd, fifo.popleft()[1])

    def stats(self) -> dict:
        return {
            "bytes": self.bytes,
            "packets": self.packets,
            "lost": self.lost,
            "overflowed": self.overflowed,
        }


def _open_tun(name: str) -> int:
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, _TUNSETIFF, struct.pack("16sH", name.encode(), _IFF_TUN | _IFF_NO_PI))
    return fd


def _main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("client_device")
    parser.add_argument("server_device")
    parser.add_argument("--rate", type=float, required=True, help="Mbit/s, each way")
    parser.add_argument("--rtt", type=float, required=True, help="ms")
    parser.add_argument("--loss", type=float, default=0.0, help="share of the packets lost on the way up, 0 to 1")
    parser.add_argument("--queue", type=float, default=100.0, help="ms of buffer in front of the link")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stats", required=True)
    args = parser.parse_args()
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)  # go when the run goes
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(10))  # a line does not wait for a CPU
    client, server = _open_tun(args.client_device), _open_tun(args.server_device)
    bytes_per_s = args.rate * 1e6 / 8
    common = (bytes_per_s, args.rtt / 2000)
    rng = random.Random(args.seed)
    up = Direction(server, *common, args.loss, bytes_per_s * args.queue / 1000, rng)
    down = Direction(client, *common, 0.0, bytes_per_s * args.queue / 1000, rng)
    running = True

    def stop(*_):
        nonlocal running
        running = False

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print("ready", flush=True)
    clock, next_stats = time.monotonic, 0.0
    while running:
        now = clock()
        due = min((d.fifo[0][0] for d in (up, down) if d.fifo), default=now + 0.1)
        if due - now > 0.001:
            select.select((client, server), (), (), min(due - now, 0.1))
        time.sleep(0.0005)  # lets packets gather: half a millisecond more delay, far fewer wake-ups
        readable, _, _ = select.select((client, server), (), (), 0)
        now = clock()
        for fd, direction in ((client, up), (server, down)):
            if fd in readable:
                try:
                    for _ in range(64):
                        direction.offer(os.read(fd, 65535), now)
                except BlockingIOError:
                    pass  # nothing left
                except OSError:
                    time.sleep(0.002)  # the device is not up yet
        now = clock()
        up.send_due(now)
        down.send_due(now)
        if now >= next_stats:
            next_stats = now + 0.25
            with open(args.stats + ".new", "w") as f:
                json.dump(
                    {"at": now, "up": up.stats(), "down": down.stats(), "cpu_s": round(time.process_time(), 2)}, f
                )
            os.replace(args.stats + ".new", args.stats)


if __name__ == "__main__":
    _main()
