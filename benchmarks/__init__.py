"""What `make bench` runs: ratios measured side by side in one run, never times held against a clock."""
