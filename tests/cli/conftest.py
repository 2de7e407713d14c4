"""What the commands say of a workspace is tested here; how one is read, in ``tests/workspaces``."""

from workspaces.read_once import reading_once

__all__ = ["reading_once"]
