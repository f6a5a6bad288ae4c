"""Drives one page of a headless Chromium over its DevTools pipe.

Deliberately small, and deliberately without the protocol's Network domain, which automation libraries turn on: with it
every request body made of bytes is copied to the driver too, and a page that uploads that way looks ten times slower.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import threading
import time

_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--disable-extensions",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--password-store=basic",
    "--remote-debugging-pipe",
]


class PageError(RuntimeError):
    pass


class Chromium:
    """A new profile with one page; `process.pid` is the root of its process tree."""

    def __init__(self, executable: str, prefix: list[str], profile: str, flags: list[str]):
        self.profile = profile
        shutil.rmtree(profile, ignore_errors=True)
        commands, self._out = os.pipe()  # Chromium reads commands from its fd 3 and answers on its fd 4
        self._in, answers = os.pipe()
        self.process = subprocess.Popen(
            [
                *prefix,
                "bash",
                "-c",
                f'exec "$@" 3<&{commands} 4>&{answers}',
                "bash",
                executable,
                *_FLAGS,
                *flags,
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            pass_fds=(commands, answers),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(answers)
        self._answers: dict[int, queue.Queue] = {}
        self._id, self._session = 0, None
        threading.Thread(target=self._read, daemon=True).start()
        try:
            page = next(t for t in self._wait_for_targets() if t["type"] == "page")
            self._session = self.send("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
            self.send("Page.enable")
        except BaseException:
            self.close()
            raise

    def _wait_for_targets(self) -> list[dict]:
        deadline = time.monotonic() + 30
        while True:
            targets = self.send("Target.getTargets")["targetInfos"]
            if any(t["type"] == "page" for t in targets) or time.monotonic() > deadline:
                return targets
            time.sleep(0.05)

    def _read(self) -> None:
        with os.fdopen(self._in, "rb") as pipe:
            rest = b""
            while chunk := pipe.read1(1 << 16):
                *messages, rest = (rest + chunk).split(b"\0")
                for message in map(json.loads, messages):
                    if answer := self._answers.pop(message.get("id"), None):
                        answer.put(message)
        for answer in list(self._answers.values()):
            answer.put({"error": {"message": "Chromium is gone"}})

    def send(self, method: str, timeout: float = 60, **params) -> dict:
        self._id += 1
        answer = self._answers[self._id] = queue.Queue()
        message = {"id": self._id, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        try:
            reply = answer.get(timeout=timeout)
        except queue.Empty:
            raise PageError(f"{method}: no answer in {timeout} s") from None
        if "error" in reply:
            raise PageError(f"{method}: {reply['error']['message']}")
        return reply["result"]

    def evaluate(self, expression: str, timeout: float = 60):
        """The value of an expression in the page; a promise is awaited."""
        reply = self.send("Runtime.evaluate", timeout, expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in reply:
            details = reply["exceptionDetails"]
            raise PageError(details.get("exception", {}).get("description", details["text"]))
        return reply["result"].get("value")

    def wait_for(self, expression: str, timeout: float):
        """Polls the page until the expression is truthy, and returns it."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            try:
                if value := self.evaluate(expression):
                    return value
            except PageError as error:
                if "context" not in str(error):  # a page that is being replaced
                    raise
            time.sleep(0.02)
        raise PageError(f"not within {timeout:g} s: {expression}")

    def on_every_page(self, script: str) -> None:
        self.send("Page.addScriptToEvaluateOnNewDocument", source=script)

    def goto(self, url: str) -> None:
        if error := self.send("Page.navigate", url=url).get("errorText"):
            raise PageError(f"{url}: {error}")
        self.wait_for("location.href !== 'about:blank' && document.readyState === 'complete'", 60)

    def choose_file(self, selector: str, *paths: str) -> None:
        """Puts files into an <input type=file>, as a person's choice would."""
        node = self.send("Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})")["result"][
            "objectId"
        ]
        self.send("DOM.setFileInputFiles", files=[os.path.abspath(path) for path in paths], objectId=node)

    def close(self) -> None:
        self._session = None
        try:
            self.send("Browser.close", 5)
            self.process.wait(10)
        except (PageError, OSError, subprocess.TimeoutExpired):
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        os.close(self._out)
        shutil.rmtree(self.profile, ignore_errors=True)
