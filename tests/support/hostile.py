"""What an attacker would send, as strategies for Hypothesis."""

from urllib.parse import quote_from_bytes, urlencode

from hypothesis import strategies as st

from questionnaire.results.codes import code_of
from rules import load

from ..conftest import DATA, SHOP

# Markup that must come back escaped or not at all.
MARK = b"\"'><svg onload=x>"

TRICKS = [
    MARK, b"\x00", b"\xff\xfe", b"\xed\xa0\x80", "İſK".encode(), b"../../app.py", b"..%2f", b"//evil.example/",
    b"\r\nSet-Cookie: a=b\r\n", b"%0d%0aSet-Cookie:%20a=b", b"{{7*7}}", b"' OR 1=1 --", b"0000000000", b"a" * 3000,
    b"a." * 1500, b"xn--zz", b"[::", b'"', b"*;q=0", b"gzip;q=nan", b'W/"',
]  # fmt: skip
NAMES = ["size", "database", "team", "deadline", "api", "since", "before", "after", "csrf_token"]

value = st.lists(st.sampled_from(TRICKS) | st.binary(max_size=12), min_size=1, max_size=3).map(b"".join)
header = value.map(lambda raw: raw.translate(None, b"\r\n\x00"))

CODE = code_of(load(DATA), SHOP).encode()
PAGES = [b"/", b"/compare", b"/r/" + CODE, b"/r/" + CODE + b".json", b"/compare/" + CODE + b"/" + CODE, b"/healthz"]

ROOTS = [b"/", b"//", b"/r/", b"/compare/", b"/sources/", b"/static/"]
ENDS = [b"", b"/", b".json", b".md", b".png", b"/0000000000"]
path = st.one_of(
    st.sampled_from(PAGES), st.just(b"/"), st.tuples(st.sampled_from(ROOTS), value, st.sampled_from(ENDS)).map(b"".join)
)

pairs = st.lists(st.tuples(st.sampled_from(NAMES), value), max_size=8)
encoded = pairs.map(lambda given: "&".join(f"{name}={quote_from_bytes(raw)}" for name, raw in given).encode())
raw_pairs = pairs.map(lambda given: b"&".join(name.encode() + b"=" + raw for name, raw in given))
query = encoded | raw_pairs
# What is left of it behind gunicorn, which refuses a request line with any other byte.
arriving_query = query.map(lambda raw: bytes(byte for byte in raw if 0x20 < byte < 0x7F))

PART = b'--x\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n%s\r\n'
parts = pairs.map(lambda given: b"".join(PART % (name.encode(), raw, raw) for name, raw in given) + b"--x--\r\n")
OTHERS = [b"[" * 9000, b'{"size": [1]}', b"5", b"a" * 20_000, PART[:-20], b"--x\r\n" * 2000]
body = st.one_of(
    st.just(b""),
    query,
    parts,
    value,
    query.map(lambda raw: urlencode(SHOP).encode() + b"&" + raw),
    st.integers(1, 4000).map(lambda number: b"size=small&" * number),
    st.sampled_from(OTHERS),
)

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
OTHER = ["application/json", "text/html", ""]
content_type = st.sampled_from(
    [FORM, f"{FORM};", f"{FORM}; charset=nonsense", f"{MULTIPART}; boundary=x", MULTIPART, *OTHER]
)
usual = st.sampled_from(["GET", "POST"])
method = usual | usual | st.sampled_from(["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "x"])
NAMED = [
    "Host", "Origin", "Sec-Fetch-Site", "Accept-Encoding", "If-None-Match", "If-Modified-Since", "Range", "Cookie",
    "Accept", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Referer",
]  # fmt: skip
headers: st.SearchStrategy[dict[str, bytes]] = st.just({}) | st.dictionaries(st.sampled_from(NAMED), header, max_size=4)
