"""What a stranger is shown beside the form that signs them in."""
