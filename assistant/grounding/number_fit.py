"""How near a number must come: rounding words, fractions, and bounds such as "meer dan"."""

from __future__ import annotations

from assistant.grounding.numbers import Quantity

# "meer dan zestig" may stand for 62 or 75, not for 130: a reader takes the bound for the size as well.
_BOUND_REACH = 0.3
# "ongeveer een derde" may stand for 0.31 to 0.36 of the whole.
_ABOUT = 0.07
# "bijna een half jaar" may stand for 167 days.
_NEARLY = 0.1
_ROUND_DIGITS = 100
_FRACTION_ABOUT = 5.0
_FRACTION_ABOVE = 12.0
_MAX_ROUNDING = 0.2


def reach_of(claim: Quantity) -> float:
    """Room that rounding to the written digits leaves, in base units."""
    return min(claim.step, _MAX_ROUNDING * abs(claim.value)) if claim.value else claim.step


def _about(claim: Quantity, share: float) -> float:
    """Room that a rounding word leaves; a figure of three digits or more is not round."""
    is_round = claim.step <= 0 or abs(claim.value) / claim.step < _ROUND_DIGITS
    return max(reach_of(claim), share * abs(claim.value)) if is_round else reach_of(claim)


def is_fraction(claim: Quantity) -> bool:
    """A share in words, such as "de helft" or "een op de vijf"."""
    text = claim.text.lower()
    return (
        claim.kind == "percent" and claim.spelled and not text.endswith(("procent", "procentpunt", "percent"))
    )


def fits(value: float, claim: Quantity, quals: frozenset[str], *, exact: bool = False) -> bool:
    """Whether a claim may say `claim` of a value that follows from the source.

    Args:
        value: worked out from the source, in the claim's base unit.
        quals: classes of the qualifiers beside the claim's number.
        exact: the value needs no rounding, so without a qualifier it must be equal.
    """
    gap = value - claim.value
    small = 1e-6 * max(1.0, abs(claim.value))
    if abs(gap) <= small:
        return True
    if is_fraction(claim):
        if "rounded_down" in quals:
            return 0 < gap <= _FRACTION_ABOVE
        if "rounded_up" in quals:
            return 0 < -gap <= _FRACTION_ABOUT
        return abs(gap) <= (_FRACTION_ABOUT if "approx" in quals else 1.5)
    reach = reach_of(claim)
    if "strictly_more" in quals:
        return 0 < gap <= _BOUND_REACH * abs(claim.value)
    if "strictly_less" in quals:
        return 0 < -gap <= _BOUND_REACH * abs(claim.value)
    if "rounded_down" in quals:
        return 0 < gap <= _about(claim, _NEARLY)
    if "rounded_up" in quals:
        return 0 < -gap <= _about(claim, _NEARLY)
    if "approx" in quals:
        return abs(gap) <= _about(claim, _ABOUT)
    if exact:
        return False
    return abs(gap) <= (0.5 if claim.kind == "percent" else reach / 2 if claim.step < 1 else small)
