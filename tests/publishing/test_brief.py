"""What a brief says, and that hostile texts stay text."""

from dataclasses import replace
from datetime import date

from syrupy.assertion import SnapshotAssertion

from servanda.core.judgement import Dispute, Episode, Figure, OtherReading
from servanda.core.vocabulary import Kind, Outlook, Stance, Standing, State
from servanda.publishing.brief import compose_brief
from servanda.publishing.brief_markdown import brief_markdown
from tests.builders import accord, document, evidence, judgement, record

AS_OF = date(2021, 1, 29)


def compose(*judgements):  # type: ignore[no-untyped-def]
    return compose_brief(accord(), judgements, as_of=AS_OF, known_by=AS_OF, documents=2)


def silent(**changes):  # type: ignore[no-untyped-def]
    return judgement(id="troops-leave/westland", debtor="westland", evidence=(), reasons=(), **changes)


def test_a_whole_brief(snapshot: SnapshotAssertion) -> None:
    disputed = judgement(
        state=State.IN_PROGRESS,
        share=0.5,
        disputed=Dispute((State.IN_PROGRESS, State.VIOLATED), (Figure(840, "AMM", "a"), Figure(769, "TNI", "b"))),
        other_readings=(OtherReading("90 days", "Doe, memo", None, State.OVERDUE),),
        notes=("“without delay” is no date",),
    )
    overdue = silent(state=State.OVERDUE, standing=Standing.NO_INFORMATION)
    assert brief_markdown(compose(judgement(), disputed, overdue)) == snapshot


def test_every_commitment_stands_under_exactly_one_heading() -> None:
    made = [judgement(id=f"{state}/x", state=state) for state in State]
    made += [judgement(id="risk/x", state=State.IN_FORCE, outlook=Outlook.AT_RISK)]
    brief = compose(*made)
    listed = [one.id for section in brief.sections for entry in section.entries for one in entry.judgements]
    assert sorted(listed) == sorted(item.id for item in made)


def test_what_falls_due_next_is_named_with_its_days() -> None:
    ahead = silent(state=State.IN_FORCE, standing=Standing.NO_INFORMATION)
    brief = compose_brief(accord(), [ahead], as_of=date(2021, 1, 13), known_by=AS_OF, documents=0)
    assert brief.sections[0].title == "Due within 90 days"
    assert "Next deadline: troops-leave/westland, 10 days from this date." in brief.summary


def test_the_same_claim_keeps_one_number() -> None:
    brief = compose(judgement(), judgement(id="other/eastland"))
    assert [note.number for note in brief.notes] == [1]


def test_a_silent_commitment_is_not_called_inaction() -> None:
    brief = compose(silent(state=State.OVERDUE, standing=Standing.NO_INFORMATION))
    assert "On 1 there is no information, which is not evidence of inaction." in brief.summary


def test_markup_in_quotes_stays_text() -> None:
    hostile = evidence(doc=document(publisher="<script>alert(1)</script>"))
    text = brief_markdown(compose(judgement(evidence=(hostile,))))
    assert "<script>" not in text
    assert "\\<script\\>" in text


def test_what_is_not_accepted_says_why() -> None:
    weak = evidence(accepted=False, why="an unnamed source", stance=Stance.PERFORMS)
    assert "not accepted as proof: an unnamed source" in brief_markdown(compose(judgement(evidence=(weak,))))


def test_a_row_without_a_text_is_shown_as_the_row() -> None:
    from dataclasses import replace

    row = replace(evidence(), record=replace(record(quote=None), row="2021-01-23,withdraw,no"))
    assert "(row) 2021-01-23,withdraw,no" in brief_markdown(compose(judgement(evidence=(row,))))


def test_a_word_document_holds_every_line_and_quote() -> None:
    import io

    from docx import Document

    from servanda.publishing.brief_docx import brief_docx

    hostile = evidence(doc=document(publisher="The \x00Gazette"))
    text = "\n".join(
        p.text for p in Document(io.BytesIO(brief_docx(compose(judgement(evidence=(hostile,)))))).paragraphs
    )
    assert "violated (addressed, not a signatory)" in text
    assert "“Eastland did not pull out its troops” The Gazette, 29 January 2021" in text


def test_debtors_of_whom_the_same_is_said_share_an_entry() -> None:
    silent_east = judgement(state=State.OVERDUE, standing=Standing.NO_INFORMATION, evidence=(), reasons=())
    brief = compose(silent_east, silent(state=State.OVERDUE, standing=Standing.NO_INFORMATION))
    [section] = brief.sections
    [entry] = section.entries
    assert entry.debtors == ("Eastland", "Westland")


def test_background_and_doubtful_links_are_left_to_why() -> None:
    from servanda.core.judgement import Link

    doubtful = evidence(link=Link("troops-leave/eastland", 0.4, ()))
    background = evidence("report-1:2", stance=Stance.BACKGROUND)
    brief = compose(judgement(evidence=(doubtful, background)))
    assert brief.notes == ()


def test_an_entry_of_several_debtors_counts_each_demand_once() -> None:
    demands = [evidence(f"report-1:{n}", stance=Stance.DEMANDS, accepted=False) for n in (1, 2)]
    overdue = {"state": State.OVERDUE, "standing": Standing.NO_INFORMATION}
    east = judgement(evidence=tuple(demands[:1]), reasons=(), **overdue)
    [section] = compose(east, replace(silent(**overdue), evidence=tuple(demands))).sections
    [entry] = section.entries
    assert entry.details == ("2 demands: no evidence of performance.",)


def test_a_row_shows_its_columns_and_not_the_empty_ones() -> None:
    row = replace(
        evidence(), record=replace(record(quote=None), row='{"doc": "r1", "quote": "", "actors": ["A", "B"]}')
    )
    assert "“(row) doc: r1; actors: A, B”" in brief_markdown(compose(judgement(evidence=(row,))))


def test_breaches_are_counted_also_when_they_ended() -> None:
    ended = Episode(date(2021, 1, 3), date(2021, 1, 3), ("a",))
    kept = brief_markdown(compose(judgement(state=State.IN_FORCE, kind=Kind.MAINTAIN, episodes=(ended,))))
    assert "in force, 1 breach on record" in kept
    assert "1 breach on record, 1 ended." in kept
    still = brief_markdown(compose(judgement(state=State.VIOLATED, episodes=(ended, replace(ended, last=None)))))
    assert "2 breaches on record, 1 ended; still open." in still


def test_what_was_done_whole_needs_no_share() -> None:
    assert "Done so far" not in brief_markdown(compose(judgement(state=State.FULFILLED, share=1.0)))
    assert "Done so far: 40 %" in brief_markdown(compose(judgement(state=State.IN_PROGRESS, share=0.4)))
