"""One module a page: what is asked for, and what its template is given."""
