"""What measuring says: why a scorer judged as it did, the table on screen, and what is wrong with its input."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

# ------------------------------------------------------------------------------------ scorers: names

NAMES: Final[dict[str, Text]] = {
    "right": Text(nl="alles goed", en="all right"),
    "wrong_allowed": Text(nl="nooit onterecht ja", en="never a wrong yes"),
    "status": Text(nl="soort antwoord", en="kind of answer"),
    "outcome": Text(nl="uitkomst", en="outcome"),
    "approver": Text(nl="wie akkoord geeft", en="approver"),
    "asks": Text(nl="gevraagd feit", en="fact asked for"),
    "sources": Text(nl="bronnen gevonden", en="sources found"),
    "sources_not": Text(nl="verboden bronnen", en="forbidden sources"),
    "says": Text(nl="zegt", en="says"),
    "never_says": Text(nl="zegt nooit", en="never says"),
    "refusal": Text(nl="eerlijk niet weten", en="honest refusal"),
    "false_refusal": Text(nl="niet onterecht zwijgen", en="no false refusal"),
    "decision_holds": Text(nl="besluit volgt de regels", en="decision follows the rules"),
    "invented": Text(nl="geen verzonnen getal", en="no invented figure"),
    "citations": Text(nl="bronnen kloppen", en="citations correct"),
    "supported": Text(nl="alles heeft een bron", en="all is supported"),
    "deflection": Text(nl="niet afgeschoven", en="no deflection"),
    "handover": Text(nl="warme overdracht", en="warm hand-over"),
    "two_voices": Text(nl="twee stemmen apart", en="two voices apart"),
    "language": Text(nl="juiste taal", en="right language"),
    "precision": Text(nl="precisie bronnen", en="source precision"),
    "exact": Text(nl="precies deze bronnen", en="exactly these sources"),
    "recall_at_5": Text(nl="recall@5", en="recall@5"),
    "ndcg_at_10": Text(nl="nDCG@10", en="nDCG@10"),
    "plain_language": Text(nl="gewone taal", en="plain language"),
    "flesch_douma": Text(nl="Flesch-Douma", en="Flesch-Douma"),
}

# ---------------------------------------------------------------------------------- scorers: reasons

AS_EXPECTED: Final = Text(nl="Zoals verwacht: {got}.", en="As expected: {got}.")
NOT_AS_EXPECTED: Final = Text(nl="Verwacht: {wanted}. Gekregen: {got}.", en="Expected: {wanted}. Got: {got}.")
NOTHING: Final = Text(nl="niets", en="nothing")
NONE_DECIDED: Final = Text(nl="geen mandaat", en="no mandate")
NOT_DECIDED: Final = Text(nl="nog geen besluit", en="no decision yet")
STATUS: Final[dict[str, Text]] = {
    "answered": Text(nl="beantwoord", en="answered"),
    "needs_fact": Text(nl="vraagt een feit", en="asks for a fact"),
    "no_knowledge": Text(nl="staat niet in de kennis", en="not in the knowledge"),
}
OUTCOME: Final[dict[str, Text]] = {
    "allowed": Text(nl="mag zelf", en="allowed"),
    "approval": Text(nl="met akkoord", en="approval"),
    "denied": Text(nl="mag niet", en="denied"),
    "none": NONE_DECIDED,
}
SOURCES_FOUND: Final = Text(nl="Alle verwachte bronnen staan erbij.", en="All expected sources are cited.")
SOURCES_MISSING: Final = Text(
    nl="Ontbreekt bij de bronnen: {missing}. Er staat: {cited}.",
    en="Missing among the sources: {missing}. Cited: {cited}.",
)
SOURCES_SURPLUS: Final = Text(nl="Ook genoemd, niet verwacht: {surplus}.", en="Also cited, not expected: {surplus}.")
SOURCES_NO_SURPLUS: Final = Text(nl="Niets te veel genoemd.", en="Nothing more was cited.")
SOURCES_FORBIDDEN: Final = Text(nl="Had niet genoemd mogen worden: {cited}.", en="Should not have been cited: {cited}.")
SOURCES_NOT_CITED: Final = Text(nl="Geen verboden bron genoemd.", en="No forbidden source is cited.")
RANKED: Final = Text(nl="Verwachte bronnen op plaats {places}.", en="Expected sources at rank {places}.")
NOT_RANKED: Final = Text(nl="niet gevonden", en="not found")
SAYS_ALL: Final = Text(nl="Alles wat gezegd moest worden, staat er.", en="All that had to be said is there.")
SAYS_NOT: Final = Text(nl="Dit staat er niet: {missing}.", en="This is not there: {missing}.")
SAYS_FORBIDDEN: Final = Text(nl="Dit had er niet mogen staan: {found}.", en="This should not be there: {found}.")
SAYS_NONE_FORBIDDEN: Final = Text(nl="Niets verbodens gezegd.", en="Nothing forbidden is said.")
NO_WRONG_YES: Final = Text(nl="Er is niet onterecht ja gezegd.", en="There was no wrong yes.")
WRONG_YES: Final = Text(
    nl='Zegt "mag zelf" op grond van {entry}, terwijl verwacht was: {wanted}.',
    en='Says "allowed" on the ground of {entry}, where this was expected: {wanted}.',
)
WRONG_YES_ENTRY: Final = Text(
    nl='Zegt "mag zelf" op grond van {entry}, een andere regel dan verwacht ({wanted}).',
    en='Says "allowed" on the ground of {entry}, another rule than expected ({wanted}).',
)
REFUSED: Final = Text(nl="Zegt eerlijk dat het er niet staat.", en="Says honestly that it is not known.")
REFUSED_NOT: Final = Text(
    nl="Had moeten zeggen dat het niet bekend is, maar antwoordt met: {cited}.",
    en="Should have said that it is not known, but answers with: {cited}.",
)
REFUSED_WITH_MORE: Final = Text(
    nl="Zegt dat het niet bekend is, en geeft toch: {given}.", en="Says that it is not known, and still gives: {given}."
)
NOT_REFUSED: Final = Text(nl="Geeft een antwoord waar dat kan.", en="Answers where it can.")
REFUSED_WRONGLY: Final = Text(
    nl="Zegt dat het er niet staat, terwijl het er staat: {wanted}.",
    en="Says that it is not known, while it is: {wanted}.",
)
DECISION_HOLDS: Final = Text(
    nl="Opnieuw uitgerekend uit de regels: hetzelfde besluit.", en="Worked out again from the rules: the same decision."
)
DECISION_DIFFERS: Final = Text(
    nl="Uit de regels van {entry} volgt voor deze feiten iets anders. {what}: {wanted}, niet {got}.",
    en="For these facts the rules of {entry} say something else. {what}: {wanted}, not {got}.",
)
DECISION_GROUNDLESS: Final = Text(
    nl="Het besluit rust op {entry}, en dat is geen geldend mandaat.",
    en="The decision rests on {entry}, which is not a mandate that counts.",
)
DECISION_WHAT: Final[dict[str, Text]] = {
    "outcome": Text(nl="De uitkomst", en="The outcome"),
    "approver": Text(nl="Wie akkoord geeft", en="The approver"),
    "options": Text(nl="Wat er mag", en="What may be done"),
    "amount": Text(nl="Het bedrag", en="The amount"),
    "asking": Text(nl="Het gevraagde feit", en="The fact asked for"),
}
NOT_INVENTED: Final = Text(nl="Elk getal staat in een bron, het besluit of de vraag.", en="Every figure has a source.")
INVENTED: Final = Text(
    nl="Staat in geen bron, besluit of vraag: {figures}.", en="In no source, decision or question: {figures}."
)
CITATIONS_RIGHT: Final = Text(
    nl="Elke bron bestaat, geldt die dag en mag door deze rol gezien worden.",
    en="Every source exists, is valid that day and may be seen by this role.",
)
CITATION_UNKNOWN: Final = Text(nl="{id} bestaat niet", en="{id} does not exist")
CITATION_HIDDEN: Final = Text(nl="{id} mag deze rol niet zien", en="this role may not see {id}")
CITATION_EXPIRED: Final = Text(nl="{id} geldt niet op {day}", en="{id} is not valid on {day}")
CITATION_STATUS: Final = Text(nl="{id} is niet gepubliceerd", en="{id} is not published")
CITATION_VERSION: Final = Text(
    nl="{id} is aan versie {current}, niet {version}", en="{id} is at version {current}, not {version}"
)
CITATION_OTHER: Final = Text(
    nl="{id} staat er met andere gegevens dan in de kennis", en="{id} is shown with other details than it has"
)
CITATIONS_WRONG: Final = Text(nl="Bronnen kloppen niet: {faults}.", en="Wrong citations: {faults}.")
SUPPORTED: Final = Text(
    nl="Besluit, stappen en uitleg staan in de genoemde bronnen.", en="Decision, steps and words stand in the sources."
)
UNSUPPORTED: Final = Text(nl="Zonder bron: {what}.", en="Without a source: {what}.")
UNSUPPORTED_DECISION: Final = Text(nl="het besluit over {entry}", en="the decision on {entry}")
UNSUPPORTED_STEP: Final = Text(nl='de stap "{step}"', en='the step "{step}"')
UNSUPPORTED_WORDS: Final = Text(nl='de tekst "{words}"', en='the text "{words}"')
NOT_DEFLECTED: Final = Text(nl="Niemand wordt weggestuurd.", en="Nobody is sent away.")
DEFLECTED: Final = Text(nl="Dit stuurt de klant weg: {words}.", en="This sends the customer away: {words}.")
HANDOVER_WARM: Final = Text(
    nl="Elke overdracht zegt wie, wanneer en wat er meegaat.",
    en="Every hand-over says who, by when and what goes along.",
)
HANDOVER_COLD: Final = Text(nl="De overdracht is niet af: {faults}.", en="The hand-over is not complete: {faults}.")
HANDOVER_WHO: Final = Text(nl="wie het overneemt ({to}) is geen afdeling", en="who takes over ({to}) is no department")
HANDOVER_WHEN: Final = Text(nl='bij "{step}" ontbreekt binnen welke tijd', en='"{step}" does not say by when')
HANDOVER_WHAT: Final = Text(nl='bij "{step}" ontbreekt wat er meegaat', en='"{step}" does not say what goes along')
HANDOVER_STAY: Final = Text(
    nl="er staat niet wie het aanspreekpunt van de klant blijft", en="it is not said who stays the customer's contact"
)
VOICES_APART: Final = Text(
    nl="Wat de klant hoort, bevat geen grenzen of interne namen.", en="What the customer hears has no limits or names."
)
VOICES_MIXED: Final = Text(
    nl='De klant hoort iets internes: "{words}".', en='The customer hears something internal: "{words}".'
)
LANGUAGE_RIGHT: Final = Text(nl="In de taal van de vraag.", en="In the language of the question.")
LANGUAGE_WRONG: Final = Text(
    nl='De vraag is in "{wanted}", het antwoord niet: "{words}".',
    en='The question is in "{wanted}", the answer not: "{words}".',
)
PLAIN: Final = Text(nl="Korte zinnen, gewone woorden.", en="Short sentences, ordinary words.")
NOT_PLAIN: Final = Text(nl="Kan gewoner: {faults}.", en="Could be plainer: {faults}.")
PLAIN_MEAN: Final = Text(nl="gemiddeld {count} woorden per zin", en="{count} words a sentence on average")
PLAIN_LONGEST: Final = Text(nl="een zin van {count} woorden", en="a sentence of {count} words")
PLAIN_OFFICIALESE: Final = Text(nl="ambtelijk: {words}", en="officialese: {words}")
PLAIN_PASSIVE: Final = Text(nl='lijdende vorm in "{step}"', en='passive in "{step}"')
DOUMA: Final = Text(
    nl="{score} (60 tot 70 is gewoon Nederlands, hoger is makkelijker).",
    en="{score} (60 to 70 is normal Dutch, higher is easier).",
)

# -------------------------------------------------------------------------------- wrong use, gates

BASELINE_UNREADABLE: Final = Text(
    nl="{path} is niet te lezen als uitkomst van een eerdere meting: {fault}. Geef een results.json uit --report.",
    en="{path} cannot be read as the result of an earlier run: {fault}. Give a results.json from --report.",
)
BASELINE_NOT_RESULTS: Final = Text(
    nl="{path} is geen results.json van deze versie (schema {schema}). Draai de vorige stand opnieuw met --report.",
    en="{path} is not a results.json of this version (schema {schema}). Run the earlier state again with --report.",
)
BASELINE_OTHER_CASES: Final = Text(
    nl="De eerdere meting ging over andere proefvragen: {same} gelijk, {new} nieuw, {gone} weg, {changed} veranderd "
    "(zoals {example}). Alleen de gelijke zijn vergeleken. Meet de vorige stand opnieuw met deze proefvragen.",
    en="The earlier run was over other cases: {same} the same, {new} new, {gone} gone, {changed} changed (such as "
    "{example}). Only the same ones were compared. Measure the earlier state again with these cases.",
)
NOT_A_LOSS: Final = Text(
    nl='"{value}" is geen toegestaan verlies. Schrijf een aantal proefvragen (3) of een deel ervan (1%).',
    en='"{value}" is not an allowed loss. Write a number of cases (3) or a share of them (1%).',
)
NOT_A_GATE: Final = Text(
    nl='"{value}" is geen ondergrens. Schrijf maat=waarde, zoals right=0.95 of outcome=98%.',
    en='"{value}" is not a gate. Write metric=value, such as right=0.95 or outcome=98%.',
)
NO_METRIC_NEAR: Final = Text(
    nl='De maat "{metric}" bestaat niet. Bedoel je "{near}"?',
    en='There is no metric "{metric}". Did you mean "{near}"?',
)
NO_METRIC: Final = Text(
    nl='De maat "{metric}" bestaat niet. Kies uit: {known}.', en='There is no metric "{metric}". Choose from: {known}.'
)
GATE_TOO_HIGH: Final = Text(
    nl='De ondergrens "{value}" is nooit te halen: {metric} is een deel van 1. Schrijf 0.95 of 95%.',
    en='The gate "{value}" can never be reached: {metric} is a share of 1. Write 0.95 or 95%.',
)
GATE_WRONG_ALLOWED: Final = Text(
    nl='{count} keer onterecht "mag zelf" gezegd: dat mag nooit.',
    en='{count} times a wrong "allowed": never acceptable.',
)
GATE_NOTHING_MEASURED: Final = Text(
    nl="{metric} is niet gemeten: geen proefvraag gaat erover.", en="{metric} was not measured: no case is about it."
)
GATE_FAILED: Final = Text(
    nl="{metric} is {share}, minstens nodig: {least}.", en="{metric} is {share}, at least {least} is needed."
)
GATE_LOSS: Final = Text(
    nl="{count} proefvragen gingen van goed naar fout, toegestaan: {allowed}.",
    en="{count} cases turned from right to wrong, allowed: {allowed}.",
)
ANSWER_CRASHED: Final = Text(
    nl="Het antwoord brak af ({fault}). Draai heleklant ask met deze vraag en --debug.",
    en="The answer broke off ({fault}). Run heleklant ask with this question and --debug.",
)
NOTHING_TO_EVALUATE: Final = Text(
    nl="Geef een bestand of map met proefvragen, of laat ze uit de kennis maken met --probes 10.",
    en="Give a file or folder of cases, or have them made from the knowledge with --probes 10.",
)
NO_CASE_LEFT: Final = Text(
    nl="Er is geen proefvraag om te meten. Kijk de meldingen hierboven na, of kies een andere rol of tag.",
    en="There is no case to measure. Look at the messages above, or choose another role or tag.",
)
PROBES_NEED_WORLDS: Final = Text(
    nl="Peilingen veranderen de kennis en kunnen dus niet op een draaiende server. Laat --url of --probes weg.",
    en="Probes change the knowledge, so they cannot run on a live server. Leave out --url or --probes.",
)
TOO_FEW: Final = Text(nl="{option} moet minstens {least} zijn.", en="{option} must be at least {least}.")
REPORT_NOT_WRITTEN: Final = Text(
    nl="Het verslag kan niet naar {path}: {fault}. Kies een map waarin je mag schrijven.",
    en="The report cannot go to {path}: {fault}. Choose a folder that you may write to.",
)
NOT_A_URL: Final = Text(
    nl='"{url}" is geen adres van een server. Schrijf het zoals http://127.0.0.1:8080.',
    en='"{url}" is not the address of a server. Write it like http://127.0.0.1:8080.',
)
SERVER_REFUSED: Final = Text(
    nl="De server op {url} weigert ({status}): {said}", en="The server at {url} refuses ({status}): {said}"
)
SERVER_SILENT: Final = Text(
    nl="De server op {url} antwoordt niet ({fault}). Draait hij? Start hem met heleklant demo.",
    en="The server at {url} does not answer ({fault}). Is it running? Start it with heleklant demo.",
)
SERVER_OTHER_KNOWLEDGE: Final = Text(
    nl="De server op {url} antwoordt uit andere kennis: {entry} staat hier niet. Geef met --knowledge dezelfde kennis op.",
    en="The server at {url} answers from other knowledge: {entry} is not here. Give the same knowledge by --knowledge.",
)
NO_EXPORT: Final = Text(
    nl='Het formaat "{value}" kennen we niet. Kies uit: {known}.',
    en='We do not know the format "{value}". Choose from: {known}.',
)

# ------------------------------------------------------------------------------------ on the screen

MEASURING: Final = Text(nl="Proefvragen stellen", en="Asking the cases")
TABLE_METRIC: Final = Text(nl="Maat", en="Metric")
TABLE_SHARE: Final = Text(nl="Goed", en="Right")
TABLE_INTERVAL: Final = Text(nl="Met 95% zekerheid", en="With 95% certainty")
TABLE_OF: Final = Text(nl="Aantal", en="Count")
TABLE_WRONG: Final = Text(nl="Fout", en="Wrong")
LINE_OPEN: Final = Text(nl="{right} van {of} goed", en="{right} of {of} right")
LINE_LOCKED: Final = Text(
    nl="{file}: {right} van {of} goed (alleen totalen)", en="{file}: {right} of {of} right (totals only)"
)
LINE_NO_WRONG: Final = Text(
    nl='Geen enkele keer onterecht "mag zelf" in {of} proefvragen (dus met 95% zekerheid hoogstens {at_most}).',
    en='Not one wrong "allowed" in {of} cases (so at most {at_most} with 95% certainty).',
)
LINE_WRONG: Final = Text(
    nl='{count} van {of} keer ONTERECHT "mag zelf".', en='{count} of {of} times a WRONG "allowed".'
)
LINE_PASS_ALL: Final = Text(nl="Alle {k} keer goed: {share}", en="All {k} times right: {share}")
LINE_BROKEN: Final = Text(nl="{count} proefvragen konden niet gesteld worden.", en="{count} cases could not be asked.")
LINE_TIME: Final = Text(
    nl="{seconds} s in totaal; een antwoord duurt {p50} ms (19 van de 20 binnen {p95} ms).",
    en="{seconds} s in all; an answer takes {p50} ms (19 of 20 within {p95} ms).",
)
LINE_SPENT: Final = Text(nl="{tokens} tokens, {cost} per antwoord.", en="{tokens} tokens, {cost} per answer.")
LINE_COMPARED: Final = Text(
    nl="Vergeleken met eerder ({compared} proefvragen): {better} beter, {worse} slechter; kans op zo'n verschil zonder "
    "oorzaak: {chance}.",
    en="Compared with before ({compared} cases): {better} better, {worse} worse; the chance of such a difference "
    "without a cause: {chance}.",
)
LINE_TURNED_WORSE: Final = Text(nl="Nu fout: {id}: {reason}", en="Now wrong: {id}: {reason}")
LINE_TURNED_BETTER: Final = Text(nl="Nu goed: {id}", en="Now right: {id}")
LINE_FAILED: Final = Text(nl="Fout: {id} ({where}): {reason}", en="Wrong: {id} ({where}): {reason}")
LINE_MORE: Final = Text(
    nl="… en nog {count}. Alles staat in het verslag (--report).",
    en="… and {count} more. All of it is in the report (--report).",
)
LINE_GATE: Final = Text(nl="Niet gehaald: {what}", en="Not reached: {what}")
LINE_ALL_GATES: Final = Text(nl="Alle ondergrenzen gehaald.", en="All gates reached.")
LINE_NOT_ALL: Final = Text(
    nl="Niet alles is gemeten: {count} meldingen, zie hierboven.",
    en="Not all was measured: {count} messages, see above.",
)
LINE_REPORT: Final = Text(nl="Het verslag staat in {path}.", en="The report is in {path}.")

# ------------------------------------------------------------------------------------ from real life

COLLECTED_DOWN: Final = Text(nl="Duim omlaag: {said}", en="Thumb down: {said}")
COLLECTED_GAP: Final = Text(nl="Hierover stond niets in de kennis.", en="The knowledge did not cover this.")
COLLECTED_CORRECTED: Final = Text(nl="De collega verbeterde: {facts}", en="The colleague corrected: {facts}")
COLLECTED_ANSWER: Final = Text(
    nl="Toen geantwoord: {status}; {outcome}; bronnen: {sources}",
    en="Answered then: {status}; {outcome}; sources: {sources}",
)
COLLECTED_HEAD: Final = Text(
    nl="Proefvragen uit de praktijk. Nummers en adressen zijn gemaskeerd, namen niet: lees ze na voor je ze deelt.",
    en="Cases from real life. Numbers and addresses are masked, names are not: read them before you share them.",
)
COLLECTED_REVIEW: Final = Text(
    nl="Vul bij elke vraag onder expect in wat een goed antwoord is, en zet hem dan bij de proefvragen. Dit bestand "
    "telt zelf niet mee: de naam begint met een liggend streepje.",
    en="Say for each question under expect what a good answer is, and move it to the cases. This file itself does not "
    "count: its name begins with an underscore.",
)
LINE_COLLECTED: Final = Text(nl="Klaar om te meten: {count}, in {path}.", en="Ready to measure: {count}, in {path}.")
LINE_REVIEW: Final = Text(
    nl="Eerst na te kijken: {count}, in {path}. Daar staat wat er nog in moet.",
    en="To look at first: {count}, in {path}. It says what is still missing.",
)
LINE_NOTHING_COLLECTED: Final = Text(
    nl="Er is niets om te verzamelen: geen duim omlaag, geen open kennisgat, geen verbeterd feit.",
    en="There is nothing to collect: no thumb down, no open gap, no corrected fact.",
)
