"""Plan: targets, the golden thread, the register, plans on a page, and next year's plan."""
