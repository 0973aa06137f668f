"""Papers of many pages: what stands on them is said once, and written as Word or as PDF."""
