"""Which pages hold? Pages compiled into clauses, matched by durable_rules and by a plain evaluator."""
