"""Pages of the second council are opened as any council's are."""

from tests.pages.conftest import fresh_process, navigation_only, open_page

__all__ = ["fresh_process", "navigation_only", "open_page"]
