"""Next year's plan: drafted, looked over, settled and adopted."""
