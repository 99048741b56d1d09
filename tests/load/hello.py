"""The least that Flask can serve, to measure the application against."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """What it says."""
    return "Hello, World!"
