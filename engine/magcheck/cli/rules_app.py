"""The commands about rule pages; the work of each stands in a module that is imported when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from magcheck.cli.chosen import chosen
from magcheck.cli.completing import page_ids
from magcheck.cli.examples import examples
from magcheck.cli.options import ASKING_FOR_HELP, Json, OnlyRules, Rules, finish

if TYPE_CHECKING:
    from datetime import date


class _Pages(TyperGroup):
    """`rules` alone lists everything, and `rules WORD` what holds the word."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        first = args[0] if args else ""
        if first not in (*self.commands, *ASKING_FOR_HELP) and not ctx.resilient_parsing:
            args = ["list", *args]
        return super().parse_args(ctx, args)


pages = typer.Typer(cls=_Pages, help="List the rule pages, show one, or check your own.", epilog=examples("rules"))


@pages.command("list", epilog=examples("rules list"))
def list_rules(
    word: Annotated[str, typer.Argument(metavar="[WORD]", help="Only pages that hold this word.")] = "",
    *,
    as_json: Json = False,
    rules: Rules = None,
    only_rules: OnlyRules = None,
) -> None:
    """List the pages: id, action, title."""
    from magcheck.cli.rules import list_pages  # noqa: PLC0415

    finish(lambda: list_pages(word, chosen(rules, only_rules), as_json=as_json))


@pages.command("show", epilog=examples("rules show"))
def show_rule(
    page: Annotated[str, typer.Argument(metavar="ID", help="The id of a page.", autocompletion=page_ids)],
    *,
    as_json: Json = False,
    rules: Rules = None,
    only_rules: OnlyRules = None,
) -> None:
    """Show one page with its evidence."""
    from magcheck.cli.rules import show_page  # noqa: PLC0415

    finish(lambda: show_page(page, chosen(rules, only_rules), as_json=as_json))


@pages.command("lint", epilog=examples("rules lint"))
def lint_rules(
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Also refuse pages on which a slip of the pen would go unnoticed.")
    ] = False,
    rules: Rules = None,
    only_rules: OnlyRules = None,
) -> None:
    """Look for mistakes in the pages and run their examples. Exit: 0 clean, 2 problems."""
    from magcheck.cli.rules import lint  # noqa: PLC0415

    finish(lambda: lint(chosen(rules, only_rules), _today(), strict=strict))


@pages.command("decided", epilog=examples("rules decided"))
def list_decisions(
    *,
    class_name: Annotated[
        str | None, typer.Option("--class", metavar="NAME", help="Only the medicines of this class.")
    ] = None,
    medicine: Annotated[str | None, typer.Option(metavar="NAME", help="Only this medicine.")] = None,
    as_json: Json = False,
    rules: Rules = None,
    only_rules: OnlyRules = None,
) -> None:
    """List what was decided for each medicine: its pages, or why there is none."""
    from magcheck.cli.decided import list_decided  # noqa: PLC0415

    finish(lambda: list_decided(class_name, medicine, chosen(rules, only_rules), as_json=as_json))


@pages.command("prove", epilog=examples("rules prove"))
def prove_rules(*, as_json: Json = False, rules: Rules = None, only_rules: OnlyRules = None) -> None:
    """Prove what the pages promise, for every person and value. Exit: 0 proven, 2 a theorem does not hold."""
    from magcheck.cli.prove import prove  # noqa: PLC0415

    finish(lambda: prove(chosen(rules, only_rules), as_json=as_json))


@pages.command("due", epilog=examples("rules due"))
def due_rules(*, as_json: Json = False, rules: Rules = None, only_rules: OnlyRules = None) -> None:
    """List the pages whose sources are to be read again."""
    from magcheck.cli.upkeep import list_due  # noqa: PLC0415

    finish(lambda: list_due(chosen(rules, only_rules), _today(), as_json=as_json))


@pages.command("new", epilog=examples("rules new"))
def new_rule(
    page: Annotated[str, typer.Argument(metavar="ID", help="The id of the new page; it is permanent.")],
    folder: Annotated[str, typer.Argument(metavar="[FOLDER]", help="Where to write it.")] = ".",
) -> None:
    """Begin a page: ID.yaml, with TO DO where only a person can write."""
    from magcheck.cli.upkeep import new_page  # noqa: PLC0415

    finish(lambda: new_page(page, folder, _today()))


def _today() -> date:
    """The one place where the commands on rules read the clock."""
    from datetime import date  # noqa: PLC0415

    return date.today()  # noqa: DTZ011 - the day of the person who asks
