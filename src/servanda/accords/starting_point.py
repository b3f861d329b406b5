"""An accord to start from, when there is nothing yet."""

from __future__ import annotations

import json

_TEMPLATE = """\
# What was agreed, by whom, and by when. `servanda check` says what is wrong or missing; docs/accord.md names every key.
accord: {title}

parties:
  first-party:
    name: First party                    # the full name
    aliases: [the first side]            # other names under which texts mention it
    side: first
  second-party:
    name: Second party
    aliases: [the second side]
    side: second
  observers:
    name: Observers

instruments:
  - id: agreement
    title: Agreement of the parties
    status: tentative                    # then signed or adopted, with the date: signed: YYYY-MM-DD
    parties: [first-party, second-party]
    verifier: observers
    provisions:
      - id: ceasefire-holds
        text: The parties cease fire.
        debtors: [first-party, second-party]
        action: cease-fire
        kind: maintain                   # achieve (do it by the deadline), maintain (keep at it), refrain (never do it)
      - id: forces-leave
        text: The second party withdraws its forces within three months of signature.
        debtors: [second-party]
        creditors: [first-party]
        action: withdraw
        object: forces
        deadline: {{within: 3 months, after: signature}}

records: []                              # amendments, extensions, reservations, successions … each with date and source
"""


def template(title: str) -> str:
    """A small accord of that title, which `parse` accepts, to be filled in."""
    return _TEMPLATE.format(title=json.dumps(" ".join(title.split()) or "Untitled", ensure_ascii=False))
