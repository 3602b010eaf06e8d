"""Who may sign in, and every secret the house keeps: logins, sessions, chat secrets, server keys, in `secrets.db`.

It must not know what an operator is called or may do, nor how a request came in: it knows logins and whose they are.
"""

from engine.accounts.accounts import BAD_LOGIN, SESSION_LIFE, Accounts, Opened, StoredSession
from engine.accounts.store import NewerSecrets

__all__ = ["BAD_LOGIN", "SESSION_LIFE", "Accounts", "NewerSecrets", "Opened", "StoredSession"]
