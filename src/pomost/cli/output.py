"""What the command line shows: tables, progress with remaining time, JSON, and errors without stack traces."""

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from pomost.app import Change, RunReport
from pomost.app import Progress as ShowsProgress
from pomost.cli.words import language, moment, number, say, word
from pomost.model.outcome import Done, Failed, Outcome, Skipped
from pomost.model.reason import Finding, Reason
from pomost.model.sentences_of_runs import SENTENCES, advise
from pomost.model.sentences_of_runs import say as say_finding
from pomost.model.text import Text
from pomost.model.words import FIELDS, KINDS, PARTS, STATES

out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
err = Console(stderr=True, highlight=False)


def show(text: str) -> None:
    out.print(escape(text))


def complain(text: str) -> None:
    err.print(escape(text), style="bold red" if sys.stderr.isatty() else None)


def show_json(value: Any) -> None:
    """The value as JSON on standard output, in the shapes of `pomost.app.results`."""
    sys.stdout.write(json.dumps(value, default=_plain, ensure_ascii=False, indent=2) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, Finding):
        sentence = {"pl": say_finding(value, "pl"), "en": say_finding(value, "en")}
        return {"reason": value.reason.value, "facts": dict(value.facts), **sentence}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table; nothing is cut off when the output is no terminal."""
    drawn = Table(title=escape(title) if title else None, title_justify="left", header_style="bold")
    for column in columns:
        drawn.add_column(escape(column), overflow="fold")
    for row in rows:
        drawn.add_row(*(escape(cell) for cell in row))
    if out.is_terminal:
        out.print(drawn)
    else:
        Console(file=sys.stdout, highlight=False, width=160).print(drawn)


def quiet(step: Text, done: int, total: int | None) -> None:
    """Nobody is watching."""


@contextmanager
def progress() -> Iterator[ShowsProgress]:
    """A bar with count and remaining time on the terminal; silence where there is none."""
    if not err.is_terminal:
        yield quiet
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(step: Text, done: int, total: int | None) -> None:
            name = step.into(language())
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done, total=total)

        yield tell


def finding(one: Finding) -> str:
    return say_finding(one, language())


def advice(one: Finding) -> str:
    return advise(one, language())


def outcome_text(outcome: Outcome | None) -> str:
    match outcome:
        case None:
            return say("nie wysłano", "not sent")
        case Done():
            return say("wykonano", "done")
        case Skipped(reason=reason) | Failed(reason=reason):
            return finding(reason)


def reason_text(code: str) -> str:
    """What a reason says, without one item's facts."""
    if code not in Reason.__members__:
        return code
    return SENTENCES[Reason(code)].text.outline().into(language())


def run_summary(report: RunReport) -> None:
    """What a run did, in a table and a few sentences."""
    title = say("Synchronizacja nr {n}: {state}", "Run {n}: {state}", n=report.number, state=word(STATES, report.state))
    rows = []
    for kind in KINDS:
        planned, done, failed = (report.counts.get(f"{stage}.{kind}", 0) for stage in ("plan", "done", "failed"))
        if planned or done or failed:
            rows.append((word(KINDS, kind), number(planned), number(done), number(failed)))
    if rows:
        columns = say("zmiana|zaplanowano|wykonano|błędne", "change|planned|done|failed").split("|")
        table(title, columns, rows)
    else:
        show(title)
        if not (report.refused or report.counts.get("lacking")):
            show(
                say(
                    "Nic do zrobienia: sklep ma już to, co ERP.",
                    "Nothing to do: the shop already holds what the ERP says.",
                )
            )
    _left_undone(report)
    open_plan = report.state in {"planned", "waiting"}
    for stop in report.stops if open_plan else ():
        show(say("Wstrzymano: {why}.", "Held back: {why}.", why=stop.into(language())))
    if open_plan:
        command = f"pomost approve {report.channel} {report.number} --checksum {report.checksum[:12]}"
        show(say("Aby zatwierdzić: {command}", "To approve: {command}", command=command))
    for one in report.findings:
        show(f"! {finding(one)} {advice(one)}")
    if report.left_alone:
        show(
            say(
                "Pominięto {n} zmian, które coś później zmieniło.",
                "{n} changes were changed again since; left alone.",
                n=report.left_alone,
            )
        )
    if report.fault is not None:
        complain(report.fault.into(language()))


def _left_undone(report: RunReport) -> None:
    """Areas the settings refuse, and changes the shop confirmed and did not keep."""
    if report.refused:
        parts = ", ".join(word(PARTS, part) for part in report.refused)
        show(say("Nie zsynchronizowano: {parts}.", "Not synchronised: {parts}.", parts=parts))
    unkept = report.counts.get("unkept", 0)
    if unkept:
        show(
            say(
                "Sklep potwierdził {n} zmian, których nie zachował; zostaną wysłane ponownie.",
                "The shop confirmed {n} changes it did not keep; they are sent again.",
                n=number(unkept),
            )
        )


def skipped_summary(report: RunReport) -> None:
    """Why cards decided about in this run are not offered, and customers not assigned."""
    title = say("Dlaczego niektórych towarów nie wystawiono", "Why some products are not on offer")
    _reasons_table(report, "reason.", title, say("towarów|kod|powód", "products|code|reason"))
    title = say("Dlaczego niektórych kontrahentów nie przypisano", "Why some customers are not assigned")
    _reasons_table(report, "customer.", title, say("kontrahentów|kod|powód", "customers|code|reason"))


def _reasons_table(report: RunReport, prefix: str, title: str, columns: str) -> None:
    reasons = {name.removeprefix(prefix): count for name, count in report.counts.items() if name.startswith(prefix)}
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    if ordered:
        table(title, columns.split("|"), [(number(count), code, reason_text(code)) for code, count in ordered])


def waiting_summary(report: RunReport) -> None:
    """Why orders read in this run have no document yet."""
    reasons = {
        name.removeprefix("waiting."): count for name, count in report.counts.items() if name.startswith("waiting.")
    }
    if reasons:
        title = say("Dlaczego niektóre zamówienia czekają", "Why some orders wait")
        ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        rows = [(number(count), code, reason_text(code)) for code, count in ordered]
        table(title, say("zamówień|kod|powód", "orders|code|reason").split("|"), rows)


def show_trail(changes: Sequence[Change]) -> None:
    """What was planned for one thing and what became of it, newest first."""
    trail = [
        (
            str(change.run),
            moment(change.at),
            word(KINDS, change.kind),
            ", ".join(f"{word(FIELDS, f.field)} {f.before or '-'} → {f.after or '-'}" for f in change.fields),
            outcome_text(change.outcome),
        )
        for change in changes
    ]
    if trail:
        table(
            say("Historia", "Trail"),
            say("nr|kiedy|zmiana|pola|wynik", "run|when|change|fields|outcome").split("|"),
            trail,
        )
