"""Named Rx pipelines over events and facts: all live and all replayed views."""
