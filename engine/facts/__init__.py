"""Pure steps that turn events into typed rows: a visit, a page view, a wait."""
