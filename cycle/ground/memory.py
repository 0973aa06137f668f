"""What was worked out once is not worked out again until something changes.

Every verb writes an audit event, so the newest event tells whether anything has changed. What is kept are frozen
values shared by everyone who may see exactly the same: permission is asked before, on every call, and whatever
narrows what the asker sees belongs in the key.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from sqlalchemy.orm import Session

from data_access.council.settings_store import find_data_version, get_today

_MOST = 512
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()
Kept = TypeVar("Kept")


def remembered(
    session: Session, key: tuple[Hashable, ...], work_out: Callable[[], Kept], *, rests_on: Hashable = None
) -> Kept:
    """The value of `work_out()` for this state of this database on this day, kept for the next who asks the same.

    `rests_on` says all that the value rests on, where that is less than the whole database and its day.
    """
    state = (find_data_version(session), get_today(session)) if rests_on is None else rests_on
    whole = (str(session.get_bind().engine.url), state, key)
    with _lock:
        if whole in _kept:
            _kept.move_to_end(whole)
            return cast(Kept, _kept[whole])
    value = work_out()
    with _lock:
        _kept[whole] = value
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return value
