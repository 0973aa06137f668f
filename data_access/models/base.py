"""What all tables share: names of constraints, and which Python type is which column."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from data_access.store.column_types import Document, ExactNumber, Line, Moment, Paragraph


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {Decimal: ExactNumber, datetime: Moment, str: Paragraph, dict[str, Any]: Document}


Code = Line(32)
NO_LATER_THAN_END = "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to"
