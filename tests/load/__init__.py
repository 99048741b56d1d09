"""Load: a benchmark beside bare Flask, and a long run that looks for wrong answers."""
