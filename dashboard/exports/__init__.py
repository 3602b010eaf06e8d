"""What can be downloaded. It must not know a page before the dashboard."""
