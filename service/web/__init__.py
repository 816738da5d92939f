"""The web application: layout, components, static files and translations."""
