"""What the public reads of an edition: pages, figures as CSV and JSON, and what describes them."""
