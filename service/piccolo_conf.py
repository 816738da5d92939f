"""What Piccolo looks up by the name in `PICCOLO_CONF`: the engine and the one app."""

from piccolo.conf.apps import AppRegistry

from service.database.engine import ENGINE

DB = ENGINE
APP_REGISTRY = AppRegistry(apps=["migrations.piccolo_app"])
