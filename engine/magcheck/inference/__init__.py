"""From rules and facts to matches: two evaluators that must agree."""
