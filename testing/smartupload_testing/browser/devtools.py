"""A DevTools client that says only what a test tells it to.

Playwright switches the network domain on and copies request bodies to its driver, which slows uploads many times; and it switches
a worker's time-outs off. Where that would distort a figure, tests talk to the browser through this instead.
"""

from __future__ import annotations

import contextlib
import json
import queue
import threading
from collections.abc import Callable
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect


class DevTools:
    """One websocket to a target or to the browser; `send` is a call, `on` a callback for an event."""

    def __init__(self, url: str) -> None:
        self._socket = connect(url, max_size=None, compression=None)
        self._next = 0
        self._lock = threading.Lock()
        self._answers: dict[int, queue.Queue[dict[str, Any]]] = {}
        self._handlers: dict[str, Callable[[dict[str, Any], str], None]] = {}
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def on(self, method: str, handler: Callable[[dict[str, Any], str], None]) -> None:
        """Call handler(params, session_id) for each event, in the listener's thread: use `post` there, never `send`."""
        self._handlers[method] = handler

    def post(self, method: str, session: str = "", **params: Any) -> int:
        """Send a command without waiting for its answer."""
        with self._lock:
            self._next += 1
            message: dict[str, Any] = {"id": self._next, "method": method, "params": params}
            if session:
                message["sessionId"] = session
            self._socket.send(json.dumps(message))
            return self._next

    def send(self, method: str, session: str = "", timeout: float = 30, **params: Any) -> dict[str, Any]:
        """The result of a command. Raises RuntimeError when the browser refuses it, queue.Empty when it does not answer."""
        answer: queue.Queue[dict[str, Any]] = queue.Queue()
        with self._lock:
            self._next += 1
            number = self._next
            self._answers[number] = answer
            message: dict[str, Any] = {"id": number, "method": method, "params": params}
            if session:
                message["sessionId"] = session
            self._socket.send(json.dumps(message))
        reply = answer.get(timeout=timeout)
        if "error" in reply:
            raise RuntimeError(f"{method}: {reply['error'].get('message')}")
        return reply["result"]

    def evaluate(self, expression: str, timeout: float = 60) -> Any:
        """The value of a JavaScript expression in the page, awaited. Raises RuntimeError with the page's own error."""
        result = self.send(
            "Runtime.evaluate", timeout=timeout, expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description") or details.get("text"))
        return result["result"].get("value")

    def pick(self, selector: str, *paths: object) -> None:
        """Give files to a file input by their paths, whatever their size."""
        root = self.send("DOM.getDocument")["root"]["nodeId"]
        node = self.send("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.send("DOM.setFileInputFiles", nodeId=node, files=[str(path) for path in paths])

    def drop(self, selector: str, *paths: object) -> None:
        """Drag files over the middle of an element and let them go, as a person does."""
        box = f"(()=>{{const b=document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
        x, y = self.evaluate(box + "return [b.x+b.width/2, b.y+b.height/2]})()")
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.send("Input.dispatchDragEvent", type=kind, x=x, y=y, data=data)

    def close(self) -> None:
        self._socket.close()
        self._thread.join(5)

    def wait_closed(self, seconds: float = 15) -> None:
        """Wait until the other side has closed the connection."""
        self._thread.join(seconds)

    def _listen(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            self._read()

    def _read(self) -> None:
        for text in self._socket:
            message = json.loads(text)
            if "id" in message:
                answer = self._answers.pop(message["id"], None)
                if answer is not None:
                    answer.put(message)
            elif handler := self._handlers.get(message["method"]):
                handler(message["params"], message.get("sessionId", ""))
