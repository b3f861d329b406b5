"""Servanda: who undertook what, by when, and whether it was kept."""
