"""Tries the stores of the contract suite and writes what each can into docs/stores.md: `python -m scripts.stores`."""

from __future__ import annotations

import re
import socket
import tempfile
from pathlib import Path
from typing import Any

from smartupload.devstack import DevStack
from smartupload.settings import load
from tests.contract.matrix import table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "stores.md"


def main() -> None:
    look_up = socket.getaddrinfo

    def near(host: Any, *given: Any, **more: Any) -> Any:
        is_near = isinstance(host, str) and host.endswith(".localhost")
        return look_up("127.0.0.1" if is_near else host, *given, **more)

    socket.getaddrinfo = near
    with tempfile.TemporaryDirectory() as folder:
        stack = DevStack(load({"SMARTUPLOAD_DATA_DIR": folder, "SMARTUPLOAD_S3_ADDRESSING": "host"}))
        stack.start()
        try:
            lines = "\n".join(table(stack))
        finally:
            stack.stop()
    text = re.sub(
        r"(<!-- stores -->\n).*?(<!-- end -->)", lambda m: f"{m[1]}{lines}\n{m[2]}", PAGE.read_text(), flags=re.DOTALL
    )
    PAGE.write_text(text)
    print(f"{PAGE} is written.")


if __name__ == "__main__":
    main()
