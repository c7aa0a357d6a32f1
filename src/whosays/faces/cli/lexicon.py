"""`whosays lexicon`: the claim types, and why a sentence gives the claims it gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from whosays.errors import Misuse
from whosays.faces.cli.shell import Shell, examples, pass_shell
from whosays.faces.cli.terminal import safe

if TYPE_CHECKING:
    from whosays.claims import Rule
    from whosays.nouns import Claim
    from whosays.tree import Tree


@click.group(epilog=examples("whosays lexicon list", 'whosays lexicon explain "Rebels captured the town."'))
def lexicon() -> None:
    """The words by which claims are found, and why they fire."""


@lexicon.command("list", epilog=examples("whosays lexicon list"))
def types() -> None:
    """The claim types, with what each means."""
    from whosays import claims

    for name, type_ in claims.lexicon().types.items():
        click.echo(f"{name:<12}{type_.gloss}")


@lexicon.command(epilog=examples('whosays lexicon explain "Rebels did not capture the town of Azaz."'))
@click.argument("sentence")
@pass_shell
def explain(shell: Shell, sentence: str) -> None:
    """Show how SENTENCE is read: its tree, the triggers that its words could be, which fire, and what they find."""
    from whosays import claims, language, pages, pipeline
    from whosays.nouns import Meta, Refusal

    article = pages.read(f"{sentence}\n".encode(), Meta(name="sentence.txt"), languages=tuple(language.PACKS))
    if isinstance(article, Refusal):
        raise Misuse(f"This cannot be read ({article.reason}): {article.detail}")
    reading = language.parse(article, language.pack("en"))
    for one in claims.explain(reading, pipeline.candidates(reading, shell.roster())):
        shown = [line for rule in one.rules for line in _rule(rule)]
        for left, words in (*drawn(one.tree), ("", ""), *shown):
            click.echo(left + safe(words))
        if not shown:
            click.echo("No word of it is used here as the lexicon has it.")
        click.echo()


def drawn(tree: Tree) -> Iterator[tuple[str, str]]:
    """A dependency tree as lines (branches, word), each word under the one that governs it, in the order of the sentence."""

    def below(i: int, left: str) -> Iterator[tuple[str, str]]:
        children = tree.children[i]
        for child in children:
            last = child == children[-1]
            yield (
                f"{left}{'└─' if last else '├─'} {tree.tokens[child].relation:<10} ",
                tree.tokens[child].span.of(tree.text),
            )
            yield from below(child, left + ("   " if last else "│  "))

    for i, head in enumerate(tree.heads):
        if head == i:
            yield "", tree.tokens[i].span.of(tree.text)
            yield from below(i, "")


def _rule(rule: Rule) -> Iterator[tuple[str, str]]:
    kind = next(kind for kind in ("verb", "noun", "adjective", "compound") if getattr(rule.trigger, kind))
    lemmas = ", ".join(rule.trigger.lemmas[:4]) + " …" * (len(rule.trigger.lemmas) > 4)
    head = f"{rule.word}: lexicon/{rule.type}.yml, {kind} [{lemmas}]"
    if rule.refused is not None:
        yield "", f"{head} does not fire: {rule.refused}"
        return
    yield "", f"{head} fires"
    for claim in rule.claims:
        said = claim.source.mention or "the text itself"
        yield "    ", f"{claim.type}, {claim.polarity}, {claim.modality}; said by {said}"
        yield f"    {'words':<8}", claim.evidence.exact
        yield f"    {'sure':<8}", _sure(claim)
    for role, words in rule.roles.items():
        yield f"    {role:<8}", words


def _sure(claim: Claim) -> str:
    """The confidence and what it is made of, as log-odds."""
    from whosays.claims.confidence import weights

    parts = [f"{reason} {weights()[reason]:+.2f}" for reason in claim.reasons]
    return f"{claim.confidence:.2f} = " + ", ".join([f"{weights()['base']:+.2f} to begin with", *parts])
