"""Figures as every stage reads them: for somebody, with their targets, compared, forecast, rated, and by ward."""
