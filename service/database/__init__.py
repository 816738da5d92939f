"""The database module: where the server is, who connects as whom, and the safe unit of work."""

import os

# Piccolo looks its engine up by this name when the first table is asked for one.
os.environ["PICCOLO_CONF"] = "service.piccolo_conf"
