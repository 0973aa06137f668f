"""Files of figures: pasted or uploaded, looked over, and their receipts."""
