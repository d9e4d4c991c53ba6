"""What growth costs: `python -m benchmarks.growth`.

A small service and a large one run at once and are asked in turn, so that what else the machine
does falls on both alike: `stored` conversations, `turns` of one conversation, `topics`; and
`streams` that are open while nobody says anything.
"""
