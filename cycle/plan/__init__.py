"""Plan: targets, the register, the golden thread, plans on a page, and next year's plan."""
