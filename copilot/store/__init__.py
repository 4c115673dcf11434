"""The truth: knowledge with its history, the ledger of questions and answers, and the directory of colleagues.

`Store` is all that others use. Its methods stand by noun in the modules beside this one:

knowledge    read entries, what may answer, what an index must hold, history
editing      save a version, publish, retire
importing    packs in and out
ledger       questions, suggestions, feedback, gaps, grants; erasing them
requests     reports of what is not right, open proposals, who was told of what
directory    colleagues, user groups, settings, the audit trail
inbox        what chat services delivered, offers of help
installations  workspaces that installed the app, and whose turn it is
"""

from __future__ import annotations

from copilot.store.directory import DirectoryRoom
from copilot.store.importing import ImportingRoom
from copilot.store.inbox import InboxRoom
from copilot.store.installations import InstallationsRoom
from copilot.store.ledger import LedgerRoom
from copilot.store.requests import RequestsRoom


class Store(ImportingRoom, LedgerRoom, DirectoryRoom, InboxRoom, InstallationsRoom, RequestsRoom):
    """One database, SQLite or PostgreSQL; several organisations, of which one is active. Safe in many threads.

    Opens by itself on first use. Every method may raise StoreError, which says what to do.
    """
