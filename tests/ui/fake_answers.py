"""What the scripted assistant knows: two records, one page, and an answer of each kind."""

from __future__ import annotations

from assistant.domain.answer import (
    Answer,
    Citation,
    Considered,
    Reason,
    Recommendation,
    Sentence,
    UnderstandingView,
)
from assistant.domain.catalogue import Record, Source

PAGE_QUOTE = "Versterk een initiatief dat al loopt; zo gaat u versnippering tegen."
PAGE = f"""
#set document(title: "Handreiking talent, samenvatting in eigen woorden")
#set text(font: "Libertinus Serif", lang: "nl", size: 12pt)
#set page(numbering: "1", margin: 2.5cm)
#set heading(numbering: "1")
= Analyse
Beschrijf welke vakmensen nodig zijn.
= Interventies
Beschrijf wat u gaat doen.
#pagebreak()
= Samenwerking
De handreiking vraagt indieners om samen op te trekken. {PAGE_QUOTE} Dat vraagt soms een bredere blik dan het
eigen voorstel. Lukt aansluiten echt niet, dan legt u uit welke unieke leemte uw plan vult.

Regionale agenda's kennen de scholen en bedrijven in hun gebied en kunnen u met hen in contact brengen.
"""

FLEVOLAND = Record(
    id="hca-voorbeeld-flevoland",
    name="Human Capital Agenda Voorbeeld-Flevoland",
    kind="regional_hca",
    status="active",
    status_note="De agenda loopt.",
    as_of=2024,
    confidence="high",
    summary="De agenda verbindt scholen en bedrijven in Flevoland. Techniek is een van de thema's.",
    offer="Een ingang bij scholen en bedrijven.",
    scope="regional",
    region="Flevoland",
    provinces=("Flevoland",),
    sectors=("techniek", "bouw"),
    education_levels=("mbo",),
    website="https://www.voorbeeld-flevoland.example/hca",
    sources=(Source(title="Voorbeeldbron", url="https://www.voorbeeld-flevoland.example/bron", year=2024),),
)
SKILLS = Record(
    id="voorbeeld-huis",
    name="Voorbeeldhuis voor Vaardigheden",
    kind="initiative",
    status="unknown",
    status_note="Of het nog loopt is niet bekend.",
    as_of=2022,
    confidence="medium",
    summary="Het huis helpt werkenden naar ander werk in de energie en de techniek.",
    offer="Hulp bij omscholing.",
    scope="regional",
    provinces=("Noord-Holland", "Flevoland"),
    sectors=("energie",),
    target_groups=("werkenden",),
    sources=(Source(title="Voorbeeldverslag", year=2022),),
)


def _citation(n: int, record: Record, field: str, quote: str, **more: object) -> Citation:
    return Citation(
        n=n,
        document_id=record.id,
        file="records/voorbeeld.yaml",
        title=record.name,
        publisher="Voorbeelduitgever",
        year=record.as_of,
        page=None,
        locator=f"{record.id}: {field}",
        quote=quote,
        url=record.website,
        confidence=record.confidence,
    ).model_copy(update=more)


PAGE_CITATION = Citation(
    n=5,
    document_id="voorbeeld-handreiking",
    file="documents/voorbeeld.pdf",
    title="Handreiking talent, samenvatting in eigen woorden",
    publisher="Voorbeelddepartement",
    year=2022,
    page=2,
    locator="Samenwerking",
    quote=PAGE_QUOTE,
    url="https://www.voorbeeld.example/handreiking",
    confidence="high",
)
CITATIONS = (
    _citation(1, FLEVOLAND, "summary", "Techniek is een van de thema's."),
    _citation(2, FLEVOLAND, "provinces", "Flevoland"),
    _citation(3, SKILLS, "target_groups", "werkenden"),
    PAGE_CITATION.model_copy(
        update={
            "n": 4,
            "document_id": "voorbeeld-weg",
            "file": "documents/weg.pdf",
            "title": "Voorbeeldbrief",
            "page": 1,
            "quote": "Het fonds neemt geen nieuwe voorstellen aan.",
            "url": None,
        }
    ),
    PAGE_CITATION,
)

ADVICE = Answer(
    question="",
    language="nl",
    status="answered",
    answer="",
    understanding=UnderstandingView(
        intent="find_regional_hca",
        places=("Lelystad",),
        provinces=("Flevoland",),
        sectors=("energie",),
        education_levels=("mbo",),
    ),
    sentences=(
        Sentence(text="Sluit aan bij de **Human Capital Agenda Voorbeeld-Flevoland**.", kind="frame"),
        Sentence(
            text="Dat is de agenda van uw eigen provincie; techniek is een van haar thema's.",
            citations=(1, 2),
        ),
        Sentence(
            text="Vraag daarnaast het **Voorbeeldhuis** om omscholing van werkenden naar de energie.",
            citations=(3,),
        ),
        Sentence(text="De agenda verbindt scholen en bedrijven in Flevoland.", citations=(1,), block="what"),
        Sentence(
            text="Het Nationaal Groeifonds neemt sinds mei 2024 geen nieuwe voorstellen aan.",
            citations=(4,),
            block="notice",
        ),
        Sentence(
            text="Dit advies helpt u bij lopende programma's en andere regelingen.",
            kind="frame",
            block="notice",
        ),
        Sentence(
            text="Noem in **Samenwerking** met wie u al sprak, wat zij doen en wat u toevoegt.",
            kind="frame",
            block="write",
        ),
        Sentence(
            text="De handreiking vraagt een lopend initiatief te versterken.", citations=(5,), block="write"
        ),
    ),
    recommendations=(
        Recommendation(
            id=FLEVOLAND.id,
            name=FLEVOLAND.name,
            kind="regional_hca",
            status="active",
            score=0.9,
            as_of=2024,
            website=FLEVOLAND.website,
            reasons=(
                Reason(facet="region", asked="Lelystad", found="Flevoland", citations=(2,)),
                Reason(facet="sector", asked="energie", found="techniek, bouw", citations=(1,)),
                Reason(
                    facet="text",
                    asked="zonne-energie",
                    found="zonne-energie wordt niet apart genoemd",
                    fit="unknown",
                ),
            ),
        ),
        Recommendation(
            id=SKILLS.id,
            name=SKILLS.name,
            kind="initiative",
            status="unknown",
            score=0.6,
            as_of=2022,
            website=None,
            link_up="ask_first",
            reasons=(
                Reason(
                    facet="sector",
                    asked="energie",
                    found="energie",
                    citations=(3,),
                ),
                Reason(
                    facet="target_group",
                    asked="mbo",
                    found="werkenden",
                    fit="does_not_fit",
                    citations=(3,),
                ),
            ),
        ),
    ),
    citations=CITATIONS,
    considered=(
        Considered(
            id="voorbeeld-zeeland",
            name="Voorbeeldagenda Zeeland",
            score=0.2,
            would_fit_if="u in Zeeland werkt",
        ),
    ),
    followups=("En voor het vmbo?", "Wie betaalt mee aan de scholing?"),
)

ABSTAINED = Answer(
    question="",
    language="nl",
    status="abstained",
    answer="",
    abstention="no_source_says",
    understanding=UnderstandingView(intent="figure"),
    sentences=(
        Sentence(text="De bronnen noemen geen bedrag voor deze regeling.", kind="frame", block="abstain"),
        Sentence(text="Gekeken is in de handreiking en in de catalogus.", kind="frame", block="abstain"),
        Sentence(text="Vraag het na bij de regeling zelf.", kind="frame", block="abstain"),
    ),
    followups=("Welke regelingen noemen de bronnen?",),
)
OUTSIDE = ABSTAINED.model_copy(
    update={
        "abstention": "outside_subject",
        "sentences": (
            Sentence(text="Ik help alleen bij talent en scholing.", kind="frame", block="abstain"),
        ),
    }
)
CLARIFY = Answer(
    question="",
    language="nl",
    status="clarify",
    answer="",
    clarifying_question="In welke plaats of regio werkt u?",
    understanding=UnderstandingView(intent="find_regional_hca", sectors=("zorg",)),
    sentences=(Sentence(text="Voor de zorg zijn er agenda's in elke regio.", citations=(1,)),),
    citations=(CITATIONS[0],),
    followups=("Wij werken in Zwolle", "Wij werken in heel Nederland"),
)
ENGLISH = ADVICE.model_copy(update={"language": "en"})
SCRIPT = {"bedrag": ABSTAINED, "recept": OUTSIDE, "waar dan ook": CLARIFY, "english": ENGLISH}
