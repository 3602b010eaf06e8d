"""A file a page; the registry PAGES drives navigation, permission and the smoke test."""
