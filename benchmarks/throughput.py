"""How fast the engine is beside a plain page loop of four parallel part PUTs, and where the rest of the time goes.

Both end with the last byte in the store. What the server does afterwards (a copy out of quarantine) has nothing beside it in the plain
loop and is printed on its own.
"""

from __future__ import annotations

import json
import statistics

from smartupload_testing.files import MIB

from benchmarks.stage import Stage, over

SIZE = 512 * MIB
PART = 8 * MIB
ROUNDS = 6
LIMIT = 0.6

# Four at a time, each slice sent as it is: nothing hashed, nothing staged, nothing remembered.
PLAIN = """async urls => {
    const file = document.querySelector('#plain').files[0]
    const put = (url, blob) => new Promise((done, failed) => {
        const request = new XMLHttpRequest()
        request.open('PUT', url)
        request.onload = () => request.status === 200 ? done(request.getResponseHeader('ETag')) : failed(new Error(request.status))
        request.onerror = () => failed(new Error('network'))
        request.send(blob)
    })
    const etags = []
    let next = 0
    const began = performance.now()
    await Promise.all([1, 2, 3, 4].map(async () => {
        while (next < urls.length) {
            const at = next++
            etags[at] = await put(urls[at], file.slice(at * PART, (at + 1) * PART))
        }
    }))
    return {seconds: (performance.now() - began) / 1000, etags}
}"""

# The engine's own work on each byte, alone and one piece after the other.
PIECES = """async () => {
    const file = document.querySelector('#plain').files[0]
    const spent = {read: 0, hash: 0}
    for (let at = 0; at < file.size; at += PART) {
        const t0 = performance.now()
        const bytes = await file.slice(at, at + PART).arrayBuffer()
        const t1 = performance.now()
        await crypto.subtle.digest('SHA-256', bytes)
        spent.read += (t1 - t0) / 1000
        spent.hash += (performance.now() - t1) / 1000
    }
    return spent
}"""


class PlainLoop:
    """A multipart upload of our own in the same bucket, with URLs signed beforehand."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.client = stage.server.s3()
        stage.tools.evaluate(
            "void document.body.append(Object.assign(document.createElement('input'), {type: 'file', id: 'plain'}))"
        )

    def run(self, path: object, number: int) -> float:
        """Seconds for the PUTs alone."""
        bucket, key = "smartupload", f"plain/{number}"
        # Encrypted as every upload is, or two stores would be compared.
        asked = {"Bucket": bucket, "Key": key, "ServerSideEncryption": "AES256"}
        upload_id = self.client.create_multipart_upload(**asked)["UploadId"]
        upload = {"Bucket": bucket, "Key": key, "UploadId": upload_id}
        urls = [
            self.client.generate_presigned_url("upload_part", Params={**upload, "PartNumber": part + 1})
            for part in range(-(-SIZE // PART))
        ]
        self.stage.tools.pick("#plain", path)
        code = PLAIN.replace("PART", str(PART))
        answer = self.stage.tools.evaluate(f"({code})({json.dumps(urls)})", timeout=300)
        assert all(answer["etags"])
        self.client.abort_multipart_upload(Bucket=bucket, Key=key, UploadId=upload_id)
        return answer["seconds"]


def run(stage: Stage) -> bool:
    """Alternates both ways in one page against one store; whether the limit is kept."""
    plain = PlainLoop(stage)
    seconds: dict[str, list[float]] = {"plain": [], "engine": []}
    finishing: list[float] = []
    cpu: dict[str, dict[str, float]] = {"plain": {}, "engine": {}}

    def timed(way: str, work) -> None:
        before = {name: over(found, cpu_seconds) for name, found in stage.processes().items()}
        took = work()
        seconds[way].append(took if way == "plain" else stage.sent)
        if way == "engine":
            finishing.append(took - stage.sent)
        for name, found in stage.processes().items():
            cpu[way][name] = cpu[way].get(name, 0) + over(found, cpu_seconds) - before[name]

    pieces = {"read": 0.0, "hash": 0.0}
    for number in range(ROUNDS):
        file = stage.file(SIZE, seed=number + 1)
        ways = ["plain", "engine"] if number % 2 == 0 else ["engine", "plain"]
        for way in ways:
            timed(way, lambda: plain.run(file.path, number) if way == "plain" else stage.upload(file))  # noqa: B023
        stage.verify(file)
        rates = {way: SIZE / MIB / seconds[way][-1] for way in ways}
        print(f"round {number + 1}: plain {rates['plain']:.0f} MiB/s, engine {rates['engine']:.0f} MiB/s", flush=True)
        if number == ROUNDS - 1:
            pieces = stage.tools.evaluate(f"({PIECES.replace('PART', str(PART))})()", timeout=120)
        file.path.unlink()

    # The first round of each warms files, store and code up.
    ratio = statistics.median(seconds["plain"][1:]) / statistics.median(seconds["engine"][1:])
    print(f"engine / plain = {ratio:.2f} (at least {LIMIT})")
    after = statistics.median(finishing[1:])
    print(
        f"ready {after:.2f} s after the last byte, {after / statistics.median(seconds['engine'][1:]):.2f} times the sending"
    )
    for way, spent in cpu.items():
        each = ", ".join(f"{name} {value / ROUNDS / SIZE * 1024 * MIB:.1f}" for name, value in spent.items())
        print(f"CPU seconds a GiB, {way}: {each}")
    print(
        f"reading {SIZE / MIB:.0f} MiB as buffers alone takes {pieces['read']:.2f} s, SHA-256 of them {pieces['hash']:.2f} s"
    )
    return ratio >= LIMIT


def cpu_seconds(process) -> float:
    times = process.cpu_times()
    return times.user + times.system
