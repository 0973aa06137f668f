"""How figures are worked out: added up, rated, compared with before, held against their process, and hidden."""
