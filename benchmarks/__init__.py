"""What the tool costs, measured: `python -m benchmarks`."""
