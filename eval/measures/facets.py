"""Is the question understood: facets, intent."""

from __future__ import annotations

from collections.abc import Sequence

from eval.measures.base import Case, Values, yes

FACETS = ("places", "provinces", "sectors", "education_levels", "target_groups")


def measure_facets(cases: Sequence[Case]) -> dict[str, Values]:
    """Precision, recall and F1 per facet over the items that label it (micro), and accuracy of the intent.

    Labels hold what is certain, so a value that is right and not labelled lowers precision.
    """
    found: dict[str, Values] = {"intent accuracy": {}}
    for case in cases:
        item, labels, understood = case.item.id, case.item.expected.facets, case.outcome.answer.understanding
        if labels.intent is not None:
            found["intent accuracy"][item] = yes(understood.intent == labels.intent)
        for facet in FACETS:
            expected = {str(value).casefold() for value in getattr(labels, facet)}
            if not expected:
                continue
            got = {str(value).casefold() for value in getattr(understood, facet)}
            right = float(len(expected & got))
            found.setdefault(f"{facet} precision", {})[item] = (right, float(len(got)))
            found.setdefault(f"{facet} recall", {})[item] = (right, float(len(expected)))
            found.setdefault(f"{facet} F1", {})[item] = (2 * right, float(len(expected) + len(got)))
    return found
