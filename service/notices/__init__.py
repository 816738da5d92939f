"""Notices: what somebody is told, once, in the application, by e-mail or on their telephone."""
