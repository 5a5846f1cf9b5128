"""The commands and their options; each command's work stands in a module that is imported when it runs."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from magcheck.cli.chosen import chosen
from magcheck.cli.completing import page_ids, shapes, topics
from magcheck.cli.examples import examples
from magcheck.cli.exit_codes import engine_code, guarded
from magcheck.cli.options import (
    ASKING_FOR_HELP,
    For,
    Force,
    Json,
    More,
    OnlyRules,
    Plain,
    Rules,
    RulesOfNames,
    Sources,
    finish,
)
from magcheck.cli.rules_app import pages
from magcheck.core.exits import Exit
from magcheck.rendering.depth import Depth
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = "ask"


class _Commands(TyperGroup):
    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """What most people want stands first."""
        return sorted(super().list_commands(ctx), key=lambda name: name != FIRST)

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Typer would end an interruption while a command still loads in a way of its own."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Exit(Exit.INTERRUPTED) from None


app = typer.Typer(
    cls=_Commands,
    help="A rule-based safety checker for magnesium supplements.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ASKING_FOR_HELP},
    epilog=examples(""),
)
app.add_typer(pages, name="rules")


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script."""
    gc.disable()  # one command lives too short for a collection to pay
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # searching for them takes longer than a check
    try:
        code = guarded(lambda: _run(arguments))
    finally:
        gc.enable()
    raise SystemExit(code)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        app(args=arguments, prog_name="magcheck")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it
    if wanted:
        from magcheck.cli.console import print_result  # noqa: PLC0415
        from magcheck.cli.version import version_line  # noqa: PLC0415

        print_result(version_line())
        raise typer.Exit(engine_code())


@app.callback()
def start(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the versions.")
    ] = False,
) -> None:
    """Options that stand before a command."""
    if not version and (code := engine_code()):
        raise typer.Exit(code)


@app.command(epilog=examples("check"))
def check(  # noqa: PLR0913 - one parameter for each option
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="A YAML or JSON file, or - for stdin.")],
    *,
    as_json: Json = False,
    plain: Plain = False,
    rules: Rules = None,
    only_rules: OnlyRules = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask anything.")] = False,
    voice: For = Voice.PLAIN,
    more: More = False,
    sources: Sources = False,
    html: Annotated[
        str | None, typer.Option("--html", metavar="FILE", help="Write a handout there; - prints it.")
    ] = None,
    force: Force = False,
    rules_of_names: RulesOfNames = False,
) -> None:
    """Check a profile. Exit: 0 fine, 10 change something, 20 ask or avoid, 30 not complete, 2 wrong input."""
    from magcheck.cli.check import check_profile  # noqa: PLC0415

    finish(
        lambda: check_profile(
            profile,
            chosen(rules, only_rules),
            as_json=as_json,
            plain=plain,
            no_input=no_input,
            voice=voice,
            depth=Depth(more, sources),
            html=html,
            force=force,
            rules_of_names=rules_of_names,
        )
    )


@app.command(epilog=examples("explain"))
def explain(  # noqa: PLR0913 - one parameter for each option
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="A YAML or JSON file, or - for stdin.")],
    rule: Annotated[
        str | None, typer.Argument(metavar="[RULE]", help="The id of one page.", autocompletion=page_ids)
    ] = None,
    *,
    as_json: Json = False,
    plain: Plain = False,
    rules: Rules = None,
    only_rules: OnlyRules = None,
) -> None:
    """Say why: which pages fired, and on which facts. Also what the others would need. Exit codes as of check."""
    from magcheck.cli.explain import explain_profile  # noqa: PLC0415

    finish(lambda: explain_profile(profile, rule, chosen(rules, only_rules), as_json=as_json, plain=plain))


@app.command(epilog=examples("diff"))
def diff(  # noqa: PLR0913 - one parameter for each option
    old: Annotated[str, typer.Argument(metavar="OLD", help="A YAML or JSON file, or - for stdin.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same person, told otherwise.")],
    *,
    as_json: Json = False,
    plain: Plain = False,
    rules: Rules = None,
    only_rules: OnlyRules = None,
) -> None:
    """Compare two profiles. What does a new medicine or value change in the report? Exit codes as of NEW."""
    from magcheck.cli.diff import compare_profiles  # noqa: PLC0415

    finish(lambda: compare_profiles(old, new, chosen(rules, only_rules), as_json=as_json, plain=plain))


@app.command(epilog=examples("plan"))
def plan(  # noqa: PLR0913 - one parameter for each option
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="A YAML or JSON file, or - for stdin.")],
    *,
    as_json: Json = False,
    plain: Plain = False,
    ics: Annotated[str | None, typer.Option("--ics", metavar="FILE", help="Write a calendar there.")] = None,
    svg: Annotated[str | None, typer.Option("--svg", metavar="FILE", help="Write a drawing there.")] = None,
    force: Force = False,
    rules_of_names: RulesOfNames = False,
    rules: Rules = None,
    only_rules: OnlyRules = None,
    voice: For = Voice.PLAIN,
    more: More = False,
    sources: Sources = False,
) -> None:
    """Find times that keep every gap, or say why there are none. Exit codes as of check."""
    from magcheck.cli.plan import Files, plan_profile  # noqa: PLC0415

    finish(
        lambda: plan_profile(
            profile,
            chosen(rules, only_rules),
            Files(ics, svg, force=force),
            as_json=as_json,
            plain=plain,
            voice=voice,
            depth=Depth(more, sources),
            rules_of_names=rules_of_names,
        )
    )


@app.command(epilog=examples("ask"))
def ask(  # noqa: PLR0913 - one parameter for each option
    begun: Annotated[
        str | None,
        typer.Argument(
            metavar="[PROFILE]",
            help="Go on with a saved profile: only the rest is asked, and written back if you agree.",
        ),
    ] = None,
    *,
    as_json: Json = False,
    plain: Plain = False,
    save: Annotated[str | None, typer.Option("--save", metavar="FILE", help="Save the answers there.")] = None,
    force: Force = False,
    rules: Rules = None,
    only_rules: OnlyRules = None,
    voice: For = Voice.PLAIN,
    more: More = False,
    sources: Sources = False,
) -> None:
    """Answer what can change the verdict, then see the report. "?" helps, "<" goes back, Enter: not known."""
    from magcheck.cli.ask import ask_and_check  # noqa: PLC0415

    finish(
        lambda: ask_and_check(
            begun,
            chosen(rules, only_rules),
            save,
            force=force,
            as_json=as_json,
            plain=plain,
            voice=voice,
            depth=Depth(more, sources),
        )
    )


@app.command(epilog=examples("questionnaire"))
def questionnaire(*, rules: Rules = None, only_rules: OnlyRules = None) -> None:
    """Print all questions as a FHIR R4 Questionnaire. Answers in FHIR are read wherever a profile is."""
    from magcheck.cli.questionnaire import print_questionnaire  # noqa: PLC0415

    finish(lambda: print_questionnaire(chosen(rules, only_rules)))


@app.command(epilog=examples("schema"))
def schema(
    of: Annotated[str, typer.Argument(metavar="profile|report|page", help="Which shape.", autocompletion=shapes)],
) -> None:
    """Print the JSON Schema of a profile, report or rule page."""
    from magcheck.cli.schema import print_schema  # noqa: PLC0415

    finish(lambda: print_schema(of))


@app.command("help", epilog=examples("help"))
def help_(
    context: typer.Context,
    topic: Annotated[
        str | None, typer.Argument(metavar="[TOPIC]", help="A topic, or a command.", autocompletion=topics)
    ] = None,
) -> None:
    """Say what a profile, a verdict or an exit code is."""
    from magcheck.cli.topics import print_topic  # noqa: PLC0415

    finish(lambda: print_topic(topic, context))


@app.command(epilog=examples("serve"))
def serve(  # noqa: PLR0913 - one parameter for each option
    *,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any that is free.")] = 8321,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes.")] = 1,
    token_file: Annotated[
        str | None, typer.Option("--token-file", metavar="FILE", help="Ask for the bearer token in this file.")
    ] = None,
    cds_clients: Annotated[
        str | None,
        typer.Option(
            "--cds-clients", metavar="FILE", help="Record systems that may call CDS Hooks, and their keys."
        ),
    ] = None,
    most_bytes: Annotated[
        int, typer.Option("--most-bytes", min=1, max=1_000_000, help="Of one body.")
    ] = 1_000_000,
    most_waiting: Annotated[
        int, typer.Option("--most-waiting", min=1, max=10_000, help="Requests that may wait in one process.")
    ] = 128,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, max=600, help="Until an answer must be there.")
    ] = 30,
    rules: Rules = None,
    only_rules: OnlyRules = None,
) -> None:
    """Answer over HTTP: POST a profile to /check. Needs the extra "serve"."""
    from magcheck.cli.serve import Limits, Listening, Secrets, serve_http  # noqa: PLC0415

    listening, limits = Listening(host, port, workers), Limits(most_bytes, most_waiting, seconds)
    secrets = Secrets(token_file, cds_clients)
    finish(lambda: serve_http(chosen(rules, only_rules), listening, limits, secrets))


@app.command(epilog=examples("mcp"))
def mcp(
    *,
    http: Annotated[bool, typer.Option("--http", help="Listen, instead of stdin and stdout.")] = False,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any that is free.")] = 8322,
    rules: Rules = None,
    only_rules: OnlyRules = None,
) -> None:
    """Give an assistant tools that check (Model Context Protocol). Needs the extra "mcp"."""
    from magcheck.cli.mcp import serve_mcp  # noqa: PLC0415

    finish(lambda: serve_mcp(chosen(rules, only_rules), http=http, host=host, port=port))


@app.command(epilog=examples("screen"))
def screen(  # noqa: PLR0913 - one parameter for each option
    source: Annotated[str, typer.Argument(metavar="IN", help="A .ndjson or .parquet file, or - for stdin.")],
    target: Annotated[str, typer.Argument(metavar="OUT", help="A .ndjson or .parquet file, or - for stdout.")],
    *,
    full: Annotated[bool, typer.Option("--full", help="Whole reports.")] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=1024, help="Processes; one for each core unless said.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where it was ended.")] = False,
    force: Force = False,
    plain: Plain = False,
    rules: Rules = None,
    only_rules: OnlyRules = None,
) -> None:
    """Check many people: one row for each. Exit: 0 all answered, 10 some rows are errors, 70 the engine failed."""
    from magcheck.cli.screen import Manner, screen_people  # noqa: PLC0415

    manner = Manner(full, workers, resume, force, plain)
    finish(lambda: screen_people(source, target, chosen(rules, only_rules), manner))


if __name__ == "__main__":
    main(sys.argv[1:])
