"""Judgements as people read them: tables, explanations, briefs, exports. Pure functions of what they are given."""
