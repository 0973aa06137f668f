"""What stands around every page: who is signed in, where it lies in the cycle, and what its address says."""
