"""Pages of the second council are opened as any council's are."""

from tests.pages.conftest import components_found_once, fresh_process, navigation_only, open_page

__all__ = ["components_found_once", "fresh_process", "navigation_only", "open_page"]
