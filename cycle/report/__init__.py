"""Report: charts for the annual report, and the scorecard as a file."""
