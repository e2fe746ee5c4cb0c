"""Weapons as a lattice: a class or a model that one source knows more closely than another can be the same weapon."""

from __future__ import annotations

from functools import lru_cache

from muniment.linker.names import fold
from muniment.reference import munitions

CAN_BE_ONE: dict[str, frozenset[str]] = {
    "cluster": frozenset({"mlrs", "rocket", "artillery", "air_bomb", "explosive_wide_area", "air_strike", "drone"}),
    "mlrs": frozenset({"rocket", "artillery", "cluster", "explosive_wide_area"}),
    "rocket": frozenset({"mlrs", "artillery", "cluster", "ballistic_missile", "explosive_wide_area"}),
    "artillery": frozenset({"mlrs", "rocket", "cluster", "explosive_wide_area"}),
    "ballistic_missile": frozenset({"rocket", "explosive_wide_area"}),
    "air_bomb": frozenset({"air_strike", "guided_bomb", "barrel_bomb", "explosive_wide_area", "cluster"}),
    "guided_bomb": frozenset({"air_bomb", "air_strike", "explosive_wide_area"}),
    "barrel_bomb": frozenset({"air_bomb", "air_strike", "explosive_wide_area"}),
    "air_strike": frozenset(
        {"air_bomb", "guided_bomb", "barrel_bomb", "drone", "explosive_wide_area", "cluster", "incendiary"}
    ),
    "drone": frozenset({"air_strike", "explosive_wide_area", "cluster"}),
    "explosive_wide_area": frozenset(
        {
            "cluster",
            "mlrs",
            "rocket",
            "artillery",
            "ballistic_missile",
            "air_bomb",
            "air_strike",
            "guided_bomb",
            "barrel_bomb",
        }
    ),
    "incendiary": frozenset({"air_strike", "artillery", "air_bomb"}),
}
"""Which classes can be one weapon in two accounts: one source knows it more closely than the other."""


_SHORT_MODEL = 3


@lru_cache(maxsize=4096)
def model_key(model: str) -> str:
    """A model by its id in the munitions reference, else without dashes and spaces: "SCUD-B" is "scudb"."""
    known = munitions.get(model)
    return known.id if known is not None else fold(model).replace(" ", "")


def marks(
    models_a: frozenset[str], models_b: frozenset[str], classes_a: frozenset[str], classes_b: frozenset[str]
) -> list[str]:
    """What two events' weapons say: at most one mark for the model, else one for the class.

    Args:
        models_a: keys of models of the one.
        models_b: of the other.
        classes_a: its classes.
        classes_b: of the other.
    """
    if models_a and models_b:
        if any(one_model(x, y) for x in models_a for y in models_b):
            return ["same_weapon_model"]
        if not compatible(classes_a, classes_b) or (_known(models_a) and _known(models_b)):
            return ["different_weapon_model"]
    if not classes_a or not classes_b:
        return []
    if classes_a & classes_b:
        return ["same_weapon_class"]
    return ["weapons_compatible" if compatible(classes_a, classes_b) else "different_weapon_class"]


@lru_cache(maxsize=65536)
def one_model(x: str, y: str) -> bool:
    """Whether two models can be one weapon: the same, one a kind of the other, or one carries the other."""
    if x == y or x in _above(y) or y in _above(x):
        return True
    short, long = sorted((x, y), key=len)
    return len(short) > _SHORT_MODEL and long.startswith(short)


@lru_cache(maxsize=4096)
def _above(model: str) -> frozenset[str]:
    """The kinds a model is one of, and what carries it, as far as the munitions reference knows."""
    carriers = _carriers()
    seen: set[str] = set()
    todo = [model]
    while todo:
        here = munitions.get(todo.pop())
        if here is None:
            continue
        fresh = (set(here.family) | carriers.get(here.id, set())) - seen
        seen |= fresh
        todo.extend(fresh)
    return frozenset(seen)


@lru_cache(maxsize=1)
def _carriers() -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for munition in munitions.all():
        for carried in munition.carries:
            out.setdefault(carried, set()).add(munition.id)
    return out


def _known(models: frozenset[str]) -> bool:
    return all(munitions.get(model) is not None for model in models)


def compatible(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether some class of the one can be a class of the other."""
    return any(
        x == y or y in CAN_BE_ONE.get(x, frozenset()) or x in CAN_BE_ONE.get(y, frozenset()) for x in a for y in b
    )
