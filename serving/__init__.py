"""What stands between a browser and the app, in the same process: who it is, what it may fetch, send and be told."""
