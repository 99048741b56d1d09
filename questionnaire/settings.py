"""The settings, each checked once, at the start: what cannot be used is refused, with what to write."""

import re
from collections.abc import Callable, Iterable, MutableMapping
from os.path import isdir
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from rules.validate import ADDRESS

from .urls import HOST, without_default_port

# A path such as /tool: only characters that need no escaping in a URL, and no `.` or `..`.
PATH = re.compile(r"(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)*/?")


class SettingsError(Exception):
    """Settings cannot be used; each line of the message names one, what is wrong, and what to write."""


def check_settings(config: MutableMapping[str, Any]) -> None:
    """Replace every setting by the value to use, None if it is not set. Raise SettingsError if one cannot be used."""
    problems = []
    for name, (check, advice) in CHECKS.items():
        try:
            config[name] = check(config[name]) if config[name] else None
        except ValueError as error:
            # No message repeats what may contain a password, as in https://user:password@host.
            value = " ".join(str(config[name]).split())
            shown = "cannot be used" if re.search(r"[@＠?%=]|:(?!//|\d)", value) else f"is “{value}”"
            problems.append(f"{name} {error if check is _database else shown}; write {advice}.")
    if problems:
        raise SettingsError("\n".join(problems))


def _database(url: str) -> Path | str:
    """The path of a SQLite file, or a connection string of libpq."""
    scheme, colon, rest = url.partition("://")
    path, _, options = rest.partition("?")
    if not (colon and re.fullmatch(r"[a-z0-9_+]+", scheme) and unquote(rest).isprintable()):
        raise ValueError("cannot be read as a URL")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return _connection_string(f"postgresql://{rest}")
    if scheme not in ("sqlite", "sqlite+pysqlite"):
        raise ValueError(f"begins with {scheme}, which is not supported")
    if not re.fullmatch(r"/(?!:memory:|file:).+", path):
        raise ValueError("does not name the file of the archive")
    _refuse(options)
    return Path(unquote(path[1:])).absolute()


def _refuse(options: str, known: Iterable[str] = ()) -> None:
    """Refuse other options than the known ones, and name them if no part of a password can look like one."""
    if names := dict(parse_qsl(options, True)).keys() - known:
        named = options.count("=") > options.count("&") and not re.search("@|pass|pwd", options, re.IGNORECASE)
        raise ValueError("has options that are not supported" + f": {', '.join(sorted(names))}" * named)


def _connection_string(url: str) -> str:
    # Imported here: psycopg would slow the start where SQLite is used.
    from psycopg import Error, pq
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    _refuse(url.partition("?")[2], [option.keyword.decode() for option in pq.Conninfo.get_defaults()])
    try:
        parts = conninfo_to_dict(url)
        hosts = str(parts.get("host") or "none")
        # There is no server in this folder, so nothing is connected to, but libpq says what it cannot use.
        nowhere = make_conninfo(url, host=re.sub(r"[^,]+", "/nowhere", hosts), hostaddr="")
        said = pq.PGconn.connect_start(nowhere.encode()).error_message.decode(errors="replace")
    except (Error, ValueError):
        raise ValueError("cannot be read as a URL") from None
    if "@" in f"{hosts}{parts.get('dbname')}":
        raise ValueError("has an unescaped @ or /")
    if "/nowhere" not in said:
        raise ValueError("cannot be used: " + re.sub('".*"', "“…”", said, flags=re.DOTALL).strip())
    return url


def _public_url(url: str) -> str:
    parts = urlsplit(url)
    known = parts.scheme in ("https", "http") and HOST.fullmatch(parts.netloc) and PATH.fullmatch(parts.path)
    if not known or parts.port == 0 or re.search(r"[?#\s]", url):
        raise ValueError
    return without_default_port(f"{parts.scheme}://{parts.netloc}") + parts.path.rstrip("/")


def _hosts(names: str | list[str]) -> list[str]:
    hosts = names.lower().replace(",", " ").split() if isinstance(names, str) else names
    # With no name Werkzeug admits every host; a name with any other character never matches one.
    if not hosts or not all(re.fullmatch(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*", host) for host in hosts):
        raise ValueError
    return hosts


def _if(holds: Callable[[str], object], kind: type) -> Callable[[object], object]:
    """Make a check that refuses a value unless `holds` accepts its text, and converts it to `kind`."""

    def check(value: object) -> object:
        if not holds(str(value)):
            raise ValueError
        return kind(value)

    return check


# How each setting is checked, and what to write instead of what cannot be used.
CHECKS: dict[str, tuple[Callable[..., Any], str]] = {
    "DATABASE_URL": (
        _database,
        "postgresql+psycopg://user:password@host/name or sqlite:////folder/results.sqlite, "
        "with / @ : ? # and % in a password as %2F %40 %3A %3F %23 and %25",
    ),
    "PUBLIC_URL": (_public_url, "it in full, such as https://choose.example or https://a.example/b"),
    "TRUSTED_HOSTS": (_hosts, "names without port, separated by spaces, such as choose.example"),
    "TRUSTED_PROXIES": (_if(re.compile("[0-9]").fullmatch, int), "the number of proxies in front, from 0 to 9"),
    "SOURCE_URL": (_if(ADDRESS.fullmatch, str), "the https address of a page, such as https://code.example/flask"),
    "DATA_DIR": (_if(isdir, Path), "the folder of the data files"),  # Path.is_dir fails on very long names.
}
