"""What is to come: the forecast, how sure it is, and how earlier ones held."""
