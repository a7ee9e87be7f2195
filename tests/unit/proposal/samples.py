"""Small proposals as test data, and how they become files.

Each is a title and sections of (heading, paragraphs); what they say is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """A document to be written as a file."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    def markdown(self) -> str:
        parts = [f"# {self.title}"]
        for heading, paragraphs in self.sections:
            if heading:
                parts.append(f"## {heading}")
            parts.extend(paragraphs)
        return "\n\n".join(parts) + "\n"

    def plain(self) -> str:
        parts = [self.title]
        for heading, paragraphs in self.sections:
            if heading:
                parts.append(heading)
            parts.extend(paragraphs)
        return "\n\n".join(parts) + "\n"

    def without(self, heading: str) -> Sample:
        """The same without one section."""
        return Sample(self.title, tuple(s for s in self.sections if s[0] != heading))


def write_md(sample: Sample, folder: Path, name: str = "voorstel.md") -> Path:
    path = folder / name
    path.write_text(sample.markdown(), "utf-8")
    return path


def write_txt(sample: Sample, folder: Path, name: str = "voorstel.txt") -> Path:
    path = folder / name
    path.write_text(sample.plain(), "utf-8")
    return path


def write_docx(sample: Sample, folder: Path, name: str = "voorstel.docx") -> Path:
    import docx

    document = docx.Document()
    document.add_heading(sample.title, level=0)
    for heading, paragraphs in sample.sections:
        if heading:
            document.add_heading(heading, level=1)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    path = folder / name
    document.save(str(path))
    return path


def write_pdf(sample: Sample, folder: Path, name: str = "voorstel.pdf") -> Path:
    """A PDF with one section per page."""
    import typst

    def escaped(text: str) -> str:
        return "".join(f"\\{c}" if c in "#$*_`<>@[]=-+/\\~" else c for c in text)

    pages = []
    for heading, paragraphs in sample.sections:
        body = "\n\n".join(escaped(p) for p in paragraphs)
        pages.append(f"= {escaped(heading or sample.title)}\n\n{body}")
    source = folder / f"{name}.typ"
    source.write_text(
        f'#set document(title: "{sample.title}")\n#set page(width: 210mm, height: 297mm)\n'
        + "\n#pagebreak()\n".join(pages),
        "utf-8",
    )
    path = folder / name
    typst.compile(str(source), output=str(path))
    return path


COMPLETE = Sample(
    "Drijvende zonneparken op het IJsselmeer",
    (
        (
            "Samenvatting",
            (
                "Wij bouwen drijvende zonneparken bij Lelystad. Ons consortium vraagt subsidie aan bij "
                "een regeling voor "
                "energie-innovatie. Het project duurt vier jaar.",
            ),
        ),
        (
            "Analyse",
            (
                "In de arbeidsmarktregio Flevoland stonden in 2024 volgens UWV 640 vacatures voor "
                "elektrotechnische monteurs "
                "open. Landelijk ging het om 11.200 vacatures.",
                "Voor de bouw en het onderhoud hebben wij in 2028 ongeveer 85 monteurs op mbo-niveau 3 "
                "en 4 nodig.",
                "ROC van Flevoland heeft een opleiding elektrotechniek met 210 studenten. Per jaar "
                "studeren er 55 mensen af.",
                "Het werk van de monteur verandert: wie op het water werkt, heeft ook nieuwe "
                "vaardigheden nodig, zoals veilig "
                "werken op een ponton en het lezen van data.",
                "Ruim 120 monteurs die nu al in de installatietechniek werken, volgen geen bijscholing, "
                "vooral in het mkb.",
            ),
        ),
        (
            "Interventies",
            (
                "Met ROC van Flevoland ontwikkelen wij een keuzedeel drijvende zonne-energie voor "
                "mbo-studenten in Lelystad.",
                "Kleine installatiebedrijven doen mee via de branchevereniging: per bedrijf zijn er drie "
                "gratis plaatsen.",
                "Op twintig basisscholen in Flevoland geven monteurs gastlessen, zodat meer leerlingen "
                "kiezen voor techniek.",
                "In 2029 hebben 160 deelnemers een certificaat. Elk half jaar meten wij de voortgang en "
                "stellen wij bij.",
                "De kennis uit het project gaat via docentstages naar de lessen.",
            ),
        ),
        (
            "Samenwerking",
            (
                "Wij sluiten aan bij de bestaande human capital agenda van Flevoland en versterken het "
                "praktijkcentrum dat er al is.",
                "Op 12 maart hebben wij ons plan besproken met de coördinator van de human capital "
                "agenda Flevoland.",
                "ROC van Flevoland, tien bedrijven, de gemeente Lelystad en de provincie werken samen.",
                "ROC van Flevoland is penvoerder. Een stuurgroep van alle partners besluit over het geld.",
                "De bedrijven hebben samen 4.000 uur en 300.000 euro toegezegd en dat ondertekend.",
                "Na afloop van het project betalen de bedrijven de opleidingsplaatsen uit hun reguliere "
                "scholingsbudget.",
            ),
        ),
    ),
)

VAGUE = Sample(
    "Waterstof voor de toekomst",
    (
        (
            "Inleiding",
            (
                "Met dit voorstel willen wij de waterstofketen in Groningen versnellen. Wij ontwikkelen "
                "een nieuwe elektrolyser.",
            ),
        ),
        (
            "Arbeidsmarkt",
            (
                "Er is krapte op de arbeidsmarkt. Wij hebben veel technici nodig.",
                "Hoeveel mensen wij precies zoeken, is nog onbekend.",
            ),
        ),
        (
            "Aanpak",
            (
                "Wij willen mensen gaan opleiden. De invulling van de scholing werken wij later uit.",
                "Ook het mkb is belangrijk.",
            ),
        ),
        (
            "Samenwerking",
            (
                "Met de human capital agenda van het Noorden is nog geen gesprek gevoerd.",
                "Wij willen graag aansluiten bij initiatieven in de regio.",
                "Bijdragen van partners moeten nog worden bepaald.",
            ),
        ),
    ),
)

TECHNOLOGY_ONLY = Sample(
    "Sensoren voor slimme bruggen",
    (
        (
            "Doel",
            (
                "Dit project ontwikkelt een sensor die scheuren in bruggen vroeg herkent. Het consortium "
                "bouwt een prototype.",
                "In werkpakket 2 testen wij het prototype op vier bruggen in Zuid-Holland.",
            ),
        ),
        ("Begroting", ("De kosten zijn 2,4 miljoen euro, waarvan wij de helft als subsidie vragen.",)),
        ("Risico's", ("Het grootste risico is dat de sensor niet bestand is tegen zout water.",)),
    ),
)

NATIONAL_FIGURES = Sample(
    "Warmtepompen sneller plaatsen",
    (
        (
            "Probleem",
            (
                "Ons project maakt het plaatsen van warmtepompen in Twente sneller.",
                "In Nederland waren er in 2023 volgens het CBS 78.900 technische vacatures.",
                "Het tekort aan installateurs loopt landelijk op tot 20.000 mensen.",
            ),
        ),
        (
            "Wat wij gaan doen",
            ("Wij scholen 90 bouwvakkers om tot installateur. ROC van Twente verzorgt de training.",),
        ),
        (
            "Partners",
            ("Wij werken samen met ROC van Twente, vijf installatiebedrijven en de gemeente Enschede.",),
        ),
    ),
)

GAP = Sample(
    "Zeewier telen in de Oosterschelde",
    (
        (
            "Plan",
            (
                "Wij willen in Zeeland een zeewierkwekerij opzetten en telers opleiden op mbo-niveau. "
                "Dit voorstel beslaat drie jaar.",
            ),
        ),
        (
            "Aansluiting",
            (
                "Wij hebben de bestaande initiatieven in Zeeland bekeken, zoals Campus Zeeland. Geen van "
                "deze leidt mensen op voor "
                "de teelt van zeewier: dat is de leemte die ons plan vult.",
            ),
        ),
    ),
)

ENGLISH = Sample(
    "Photonics pilot line in Eindhoven",
    (
        (
            "Summary",
            (
                "Our consortium will build a pilot line for photonic chips in Eindhoven. This proposal "
                "covers four years.",
            ),
        ),
        (
            "Labour market analysis",
            (
                "According to UWV there were 1,900 vacancies for technicians in Zuidoost-Brabant in 2024.",
                "We need 60 operators at mbo level by 2028.",
            ),
        ),
        (
            "Activities",
            ("We will train 80 students a year with Summa College in a new course on photonics.",),
        ),
        (
            "Cooperation",
            (
                "We join the existing network of Brainport and have signed a letter with eight "
                "companies, which contribute 200 hours each.",
            ),
        ),
    ),
)

RECIPE = Sample(
    "Appeltaart van oma",
    (
        ("Ingrediënten", ("Vier zure appels, 200 gram boter, 300 gram bloem en een snufje zout.",)),
        (
            "Bereiding",
            (
                "Verwarm de oven voor op 180 graden. Meng de boter en de bloem tot een stevig deeg.",
                "Bak de taart in 60 minuten goudbruin. Laat de taart afkoelen voordat u hem snijdt.",
            ),
        ),
    ),
)

INVOICE = Sample(
    "Factuur 2025-0341",
    (
        (
            "",
            (
                "Factuurdatum 3 februari 2025. Klantnummer 8812. Betreft scholing van vier medewerkers "
                "in januari.",
            ),
        ),
        ("", ("Subtotaal 4.800 euro, btw 21 procent 1.008 euro, te betalen 5.808 euro.",)),
        (
            "",
            ("Wij verzoeken u het bedrag binnen dertig dagen over te maken op IBAN NL00 BANK 0123 4567 89.",),
        ),
    ),
)

VACANCY = Sample(
    "Vacature: monteur elektrotechniek",
    (
        ("", ("Ben jij een monteur op mbo-niveau 4 en wil je werken aan zonneparken in Lelystad?",)),
        (
            "Wat wij bieden",
            ("Een brutosalaris tot 3.900 euro, opleiding op de werkvloer en 27 vakantiedagen.",),
        ),
        ("Solliciteren", ("Stuur je cv en een korte sollicitatiebrief naar onze afdeling personeel.",)),
    ),
)

PROPOSALS = {
    "complete": COMPLETE,
    "vague": VAGUE,
    "technology": TECHNOLOGY_ONLY,
    "national": NATIONAL_FIGURES,
    "gap": GAP,
    "english": ENGLISH,
}
OTHERS = {"recipe": RECIPE, "invoice": INVOICE, "vacancy": VACANCY}
