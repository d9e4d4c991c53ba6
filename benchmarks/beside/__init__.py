"""This product beside stock Rasa, on one machine, by one load tool: `python -m benchmarks.beside`.

`doors` and `load` ask, each of the two sides alike; `serving` starts, times and weighs; `ours` and
`stock` are the sides; `measuring` says what is measured; `page` writes it. Why it is fair, and to
whom it is kind: docs/decisions/0048.
"""
