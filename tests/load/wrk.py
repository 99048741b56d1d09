"""Load from wrk: one request repeated, or a plan of many; every wrong status is an error."""

import re
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from json import dumps as lua
from pathlib import Path
from tempfile import TemporaryDirectory

from ..support.servers import Server

CONNECTIONS = 64
SECONDS = 2
SECONDS_AT_MOST = 300

PLAN = """
local ffi = require("ffi")
ffi.cdef("typedef struct { long s, ns; } instant; int clock_gettime(int, instant *);")
local function now()
  local read = ffi.new("instant")
  ffi.C.clock_gettime(1, read)
  return tonumber(read.s) + tonumber(read.ns) / 1e9
end
local asked, answered, counts, start = 0, 0, {}, nil
function request()
  start = start or now()
  asked = asked + 1
  return plan[(asked - 1) % #plan + 1]
end
function response(status)
  answered = answered + 1
  counts[status] = (counts[status] or 0) + 1
  if answered == total then
    print("seconds", now() - start)
    for status, count in pairs(counts) do print(status, count) end
    io.stdout:flush()
    os.exit(0)
  end
end
"""


@dataclass(frozen=True)
class Ask:
    """A request, and the status that is right for it."""

    path: str
    status: int = 200
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""


def pace(server: Server, ask: Ask) -> tuple[float, float]:
    """How often a second one request is answered, and the milliseconds that 99 of 100 take at most."""
    _check(server, ask)
    headers = "".join(f"wrk.headers[{lua(name)}] = {lua(value)}\n" for name, value in ask.headers.items())
    script = f"wrk.method, wrk.body = {lua(ask.method)}, {lua(ask.body)}\n{headers}"
    said = _wrk(server, ask.path, SECONDS, script)
    figures = re.search(r"99%\s+([\d.]+)(us|ms|s)\b.*Requests/sec:\s+([\d.]+)", said, re.DOTALL)
    if not figures or "Non-2xx or 3xx" in said or "Socket errors" in said:
        raise SystemExit(f"{ask}\n{said}")
    _check(server, ask)
    return float(figures[3]), float(figures[1]) * {"us": 0.001, "ms": 1, "s": 1000}[figures[2]]


def seconds_for(server: Server, asks: Sequence[Ask], total: int) -> float:
    """How long a number of requests takes that go round a plan, every answer being right."""
    plan = ", ".join(_request(ask) for ask in asks)
    # What wrk fills in by itself it does only after the plan is made.
    head = f"wrk.headers['Host'] = '127.0.0.1:{server.port}'\nlocal plan, total = {{{plan}}}, {total}\n"
    output = _wrk(server, "/", SECONDS_AT_MOST, head + PLAN)
    answered = {int(status): int(count) for status, count in re.findall(r"^(\d{3})\t(\d+)$", output, re.M)}
    expected = Counter(asks[number % len(asks)].status for number in range(total))
    seconds = re.search(r"^seconds\t([\d.]+)", output, re.M)
    # What is still on its way at the end is not counted, so a plan of several statuses may be off by that much.
    off = [abs(answered.get(status, 0) - expected[status]) for status in answered | expected]
    if not seconds or max(off) > CONNECTIONS:
        raise SystemExit(f"expected {expected}, was answered {answered}\n{output}")
    return float(seconds[1])


def _check(server: Server, ask: Ask) -> None:
    status = server.ask(ask.method, ask.path, ask.headers, ask.body).status
    if status != ask.status:
        raise SystemExit(f"{ask} was answered {status}")


def _request(ask: Ask) -> str:
    headers = ", ".join(f"[{lua(name)}] = {lua(value)}" for name, value in ask.headers.items())
    return f"wrk.format({lua(ask.method)}, {lua(ask.path)}, {{{headers}}}, {lua(ask.body)})"


def _wrk(server: Server, path: str, seconds: int, script: str) -> str:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plan.lua"
        file.write_text(script)
        options = ["--threads=1", f"--connections={CONNECTIONS}", f"--duration={seconds}s", "--latency"]
        command = ["wrk", *options, f"--script={file}", f"http://127.0.0.1:{server.port}{path}"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
