"""The dashboard's own addresses, as pages and redirects name them."""

HOME = "/app/"
LOGIN = "/app/login"
