"""Closed classes of little words by which clauses are told apart, Dutch and English."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HELPING = _words(
    """
    are blijft blijven can gaan gaat had hadden has have hebben heeft hoeft hoeven is kan kunnen
    kunt mag moet moeten mogen must staan staat waren was werd werden were wil willen worden wordt
    zal zijn zou zouden zullen
    """
)

AUXILIARIES = _HELPING | _words(
    """
    bleef bleven kon konden moest moesten should stond stonden wilde wilden will
    """
)
"""Verbs that say little by themselves."""

FINITE = _HELPING | _words(
    """
    geeft geven hebt komen komt krijgen krijgt
    """
)
"""Forms that show a stretch to be a clause of its own."""

RELATIVES = _words(
    """
    dat die that waar waarbij waarin waarmee waarop waarvan which who wie
    """
)
"""Words that open a clause about what stands before them."""

PREPOSITIONS = _words(
    """
    aan achter at behalve bij binnen boven by dankzij door for from gedurende in into langs met na
    naar naast of om on ondanks onder op over per rond sinds te tegen tijdens to tot tussen uit
    under van vanaf vanuit vanwege via volgens voor wegens with zonder
    """
)
"""Words before a noun phrase."""

DETERMINERS = _words(
    """
    a alle an dat de deze die dit een elk elke geen haar het hun ieder iedere its sommige the their
    zijn
    """
)
"""Words that open a noun phrase."""
