"""Data folders of these tests' own."""

from tests.support.folders import data_dir, holder, made_folder, parent

__all__ = ["data_dir", "holder", "made_folder", "parent"]
