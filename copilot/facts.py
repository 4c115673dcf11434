"""Facts: what a mandate depends on, as people type it, as programs write it and as the organisation shows it.

One door for those who use facts; the rooms behind it are `factvalues` (values) and `reading` (sentences).
"""

from __future__ import annotations

from copilot.factvalues import fits, label, show_value, write_value
from copilot.reading import Reading, parse_value, read_answer, read_facts

__all__ = ["Reading", "fits", "label", "parse_value", "read_answer", "read_facts", "show_value", "write_value"]
