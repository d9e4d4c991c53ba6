"""Where each millisecond of a turn goes: `python -m benchmarks.turn`."""
