"""One file per measure, all run the same way: `python -m benchmarks NAME [--data DIR] [--split dev] [--json]`."""
