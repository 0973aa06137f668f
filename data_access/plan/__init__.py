"""Plan: the plan, the register and how they changed, targets, threads, and next year's drafts."""
