"""Sealed columns: what is read from a row is a `Sealed`, never text, until a ring opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models

from joindots.kernel.ids import new_reference, uuid7
from joindots.vault.models import Tier
from joindots.vault.sealing import Spot

if TYPE_CHECKING:
    Binary = models.BinaryField[bytes, "Sealed"]
    Text = models.CharField[str, str]
else:
    Binary = models.BinaryField
    Text = models.CharField

DOTS = "•••"


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A sealed value on its row. It shows as three dots everywhere; a ring opens it."""

    blob: bytes
    spot: Spot
    owner: UUID
    tier: str
    book: UUID

    def __str__(self) -> str:
        return DOTS

    __repr__ = __str__
    __html__ = __str__

    def __bool__(self) -> bool:
        return bool(self.blob)


class Row(models.Model):
    """A row of ours: an id made here (UUIDv7), and a version that every write through the door raises."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1)

    SEAL_OWNER: ClassVar[str] = "circle_id"
    """Which attribute holds the owner of the row's seals: its circle, or the row itself if a person."""
    SEAL_BOOK: ClassVar[str] = "circle_id"
    """Which attribute holds the owner of the book that notes its opening."""

    class Meta:
        abstract = True


class ReferenceField(Text):
    """A random reference that people see. A new row whose reference is another's draws again: of two hundred thousand
    some two are drawn alike.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 9, "unique": True, "default": new_reference, **options})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        rows = type(model_instance)._base_manager
        while add and rows.filter(**{self.attname: getattr(model_instance, self.attname)}).exists():
            setattr(model_instance, self.attname, new_reference())
        return super().pre_save(model_instance, add)


class SealedField(Binary):
    """A column of sealed text. Set it with `ring.seal(row, column=text)`; read it as `Sealed`."""

    def __init__(self, tier: Tier | str = Tier.NARRATIVE, **options: Any) -> None:
        self.tier = str(tier)
        options.setdefault("default", b"")
        options["editable"] = False
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        return name, path, args, {**options, "tier": self.tier}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _Column(self))

    def spot(self, row: models.Model) -> Spot:
        """What a seal in this column of this row is bound to."""
        return Spot(row._meta.db_table, self.attname, str(owner_of(row)), str(row.pk))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return model_instance.__dict__.get(self.attname, b"")

    def value_from_object(self, obj: models.Model) -> Any:
        return obj.__dict__.get(self.attname, b"")


class _Column:
    """Reads as `Sealed`; refuses plain text, so nothing can be stored unsealed by mistake."""

    def __init__(self, field: SealedField) -> None:
        self.field = field
        self.field_name = field.attname

    def __get__(self, row: models.Model | None, cls: type | None = None) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        blob = row.__dict__[name]
        owner, book = owner_of(row), getattr(row, type(row).SEAL_BOOK)  # type: ignore[attr-defined]
        return Sealed(bytes(blob or b""), self.field.spot(row), owner, self.field.tier, book)

    def __set__(self, row: models.Model, value: Any) -> None:
        if isinstance(value, Sealed):
            value = value.blob
        if not isinstance(value, bytes | memoryview):
            raise TypeError(f"{type(row).__name__}.{self.field.attname} is sealed: use ring.seal().")
        row.__dict__[self.field.attname] = bytes(value)


def sealed_in(model: type[models.Model], column: str, key: UUID, owner: UUID, blob: bytes) -> Sealed:
    """A sealed value that was read without its row: that of a column of the row with this key and this owner, in whose
    book its opening is noted.
    """
    field = model._meta.get_field(column)
    assert isinstance(field, SealedField)
    return Sealed(bytes(blob), Spot(model._meta.db_table, column, str(owner), str(key)), owner, field.tier, owner)


def owner_of(row: models.Model) -> UUID:
    """The circle or person whose key seals this row."""
    owner = getattr(row, type(row).SEAL_OWNER)  # type: ignore[attr-defined]
    assert isinstance(owner, UUID)
    return owner


def sealed_columns(model: type[models.Model]) -> tuple[SealedField, ...]:
    """The sealed columns of a model."""
    return tuple(field for field in model._meta.get_fields() if isinstance(field, SealedField))


class When(models.Model):
    """The columns of a `kernel.When`; its words are sealed, its moments clear to the second.

    Unknown ends are null; lists order by `earliest` with nulls last on both databases.
    """

    earliest = models.DateTimeField(null=True, blank=True)
    latest = models.DateTimeField(null=True, blank=True)
    precision = models.CharField(max_length=12, default="unknown")
    zone_basis = models.CharField(max_length=16, default="none")
    time_flags = models.CharField(max_length=80, default="", blank=True)

    class Meta:
        abstract = True
