"""Who stands where around a verb or a noun in the dependency tree (Universal Dependencies).

Words are numbers within a Line; ranges are half-open.

The surface subject of a clause is its `nsubj`, of either voice. Where it has none it is somebody else's: a relative or participial
clause describes its noun; a coordinated verb shares the subject of the verb before; an infinitive has that of the verb that governs
it, or its object (`ordered the army to withdraw`); a purpose that of what is done for it. In a passive clause the surface subject is
what it is done to, and who does it stands after `by`.
"""

from __future__ import annotations

from collections.abc import Iterator

from whosays.claims.lines import Line, Range

RELATIVE = frozenset({"who", "which", "that", "whom"})
_LOOSE = frozenset(
    {
        "acl",
        "appos",
        "parataxis",
        "punct",
        "dep",
        "discourse",
        "ccomp",
        "advcl",
        "orphan",
        "list",
        "cop",
        "nsubj",
        "mark",
    }
)
_STEPS = 6


def passive(line: Line, i: int) -> bool:
    """Is it done to the surface subject?"""
    tree = line.tree
    undergoes = tree.child(i, "nsubj:pass") is not None and _object(line, i) is None and line.tag(i) == "VBN"
    if undergoes or tree.child(i, "aux:pass") is not None:
        return True
    if line.tag(i) not in ("VBN", "VBD") or tree.child(i, "nsubj") is not None or tree.child(i, "aux") is not None:
        return False
    relation = tree.tokens[i].relation or ""
    if relation == "conj":
        head = tree.heads[i]
        return (
            line.upos(head) == "VERB" and line.tag(i) == "VBN" and tree.child(i, "obj") is None and passive(line, head)
        )
    if relation.startswith("acl") or relation == "amod":
        return relation != "acl:relcl" and (line.tag(i) == "VBN" or tree.child(i, "obj") is None)
    return relation.startswith("advcl") and tree.child(i, "obj") is None and line.tag(i) == "VBN"


def surface(line: Line, i: int, *, steps: int = _STEPS) -> int | None:
    """Head word of the surface subject."""
    tree = line.tree
    own = tree.child(i, "nsubj", "csubj")
    head, relation = tree.heads[i], tree.relation(i)
    if own is not None:
        relative = line.word(own) in RELATIVE and line.upos(own) in ("PRON", "SCONJ", "DET")
        return _described(line, i) if relative else own
    if (stranded := _stranded(line, i)) is not None:
        return stranded
    if head == i or not steps:
        return None
    if relation in ("acl", "amod"):
        return _planner(line, head, steps=steps) if line.tag(i) == "VB" else head
    if relation == "conj" and line.upos(head) in ("VERB", "AUX", "ADJ"):
        return surface(line, head, steps=steps - 1)
    if relation == "csubj":
        return tree.child(head, "nsubj")
    return _governed(line, i, steps=steps - 1) if relation in ("xcomp", "ccomp", "advcl") else None


def _governed(line: Line, i: int, *, steps: int) -> int | None:
    """The subject of a clause that another verb governs: that verb's object where it says so, else its subject."""
    tree = line.tree
    head, relation, tag = tree.heads[i], tree.relation(i), line.tag(i)
    given = tree.child(head, "obj", "iobj")
    if relation == "ccomp" and given is not None and given < i and tree.child(i, "aux", "aux:pass", "cop") is not None:
        return given  # `declared “[the town] is liberated”`
    if relation == "xcomp" and given is not None:
        return _planner(line, given, steps=steps) if line.lemma(given) in PLANNING else given
    if tag == "VBG":
        if given == i - 1:
            return given  # `resulted in [56 civilians] dying`
        if line.lemma(head) in _CATCHING:
            return done_to(line, head) if not passive(line, head) else surface(line, head, steps=steps)
        if line.lemma(head) in _SAYING:
            return None
    if tag == "VB" and given is not None and line.lemma(head) in _CAUSING:
        return given
    shares = relation == "xcomp" or tag in ("VBG", "VBN") or tree.child(i, "mark") is not None
    return surface(line, head, steps=steps) if shares else None


def _stranded(line: Line, i: int) -> int | None:
    """`entered Iraq and [the militia] crossed the border`: a subject that the tree has joined to the noun before it."""
    tree = line.tree
    if line.tag(i) not in FINITE:
        return None
    at = i - 1
    while at > 0 and line.upos(at) in ("ADV", "AUX", "PART"):
        at -= 1
    for _ in range(_STEPS):
        if (
            tree.relation(at) == "conj"
            and line.upos(at) in ("NOUN", "PROPN")
            and not tree.below(at)[0] <= i <= tree.below(at)[-1]
        ):
            return at
        if tree.heads[at] == at or tree.heads[at] > i:
            return None
        at = tree.heads[at]
    return None


FINITE = frozenset({"VBD", "VBZ", "VBP"})


def _parted(line: Line, c: int) -> bool:
    """Is a coordinated noun rather the subject of the finite verb right behind it?"""
    end = line.tree.below(c)[-1] + 1
    while end < len(line.tokens) and line.upos(end) in ("ADV", "AUX", "PART"):
        end += 1
    return (
        end < len(line.tokens)
        and line.tag(end) in FINITE
        and line.tree.child(end, "nsubj", "nsubj:pass") is None
        and _stranded(line, end) == c
    )


_SAYING = frozenset("say tell add announce state note write post".split())
"""`a bomb hit the town, the mayor said, [killing] nine`: what he said did it, not he."""
_CATCHING = frozenset(
    "accuse suspect blame charge stop prevent keep see hear find catch convict condemn criticise criticize".split()
)
"""`accused [the army] of bombing`."""
_CAUSING = frozenset(
    "order urge call ask tell force allow enable help urge press command instruct request want permit invite".split()
)


def _described(line: Line, i: int) -> int | None:
    """The noun that a relative clause, or one coordinated with it, describes."""
    tree = line.tree
    for _ in range(_STEPS):
        if tree.relation(i) == "acl":
            return tree.heads[i]
        if tree.relation(i) not in ("conj", "xcomp", "ccomp") or tree.heads[i] == i:
            return None
        i = tree.heads[i]
    return None


def _planner(line: Line, noun: int, *, steps: int) -> int | None:
    """Who will do what a plan is for: its owner, the doer of the verb that it is object of; else the noun itself (`troops to hold it`)."""
    tree = line.tree
    owner = tree.child(noun, "nmod:poss")
    if owner is not None:
        return owner
    by = next((n for n in tree.all(noun, "nmod") if tree.case(n) in ("by", "of")), None)
    if by is not None:
        return by
    head = tree.heads[noun]
    if tree.relation(noun) in ("obj", "obl") and line.upos(head) == "VERB" and line.lemma(noun) in PLANNING:
        return agent(line, head) if passive(line, head) else surface(line, head, steps=steps - 1)
    return noun if line.lemma(noun) not in PLANNING else None


PLANNING = frozenset(
    "plan effort bid attempt operation offensive campaign mission push battle fight struggle drive order decision move pledge vow "
    "promise threat intention campaign assault attack agreement deal ability capability right readiness goal".split()
)
"""Nouns of something that somebody is to do."""


def agent(line: Line, i: int) -> int | None:
    """`by X`."""
    tree = line.tree
    nominals = list(tree.all(i, "obl", "nmod"))
    by = (n for n in nominals if tree.case(n) == "by" or (not tree.case(n) and tree.tokens[n].relation == "obl:agent"))
    return next(by, None)


def done_to(line: Line, i: int) -> int | None:
    """Head word of the object of an active verb: its own, the described noun of a relative clause, or one that it shares."""
    tree = line.tree
    own = _object(line, i)
    own = tree.child(i, "iobj") if own is None else own
    if own is not None:
        return _described(line, i) if line.word(own) in RELATIVE else own
    bare = (
        c
        for c in tree.all(i, "obl")
        if c > i and not tree.case(c) and c not in line.times and line.upos(c) in ("NOUN", "PROPN")
    )
    if (own := next(bare, None)) is not None:
        return own
    relative = tree.tokens[i].relation == "acl:relcl" or (tree.relation(i) == "acl" and line.tag(i) in FINITE)
    if relative and tree.child(i, "nsubj") is not None:
        subject = tree.child(i, "nsubj")
        if subject is not None and line.word(subject) not in RELATIVE and tree.heads[i] not in line.times:
            return tree.heads[i]
    for other in (tree.heads[i] if tree.relation(i) == "conj" else i, *tree.all(i, "conj")):
        shared = tree.child(other, "obj")
        if other != i and shared is not None and shared > max(i, other) and line.upos(other) == "VERB":
            return shared
    return None


def _object(line: Line, i: int) -> int | None:
    """The object as the tree has it, or one that an amount before it has made look like a phrase: `wounded [up to 30 people]`."""
    own = line.tree.child(i, "obj")
    if own is not None:
        return own
    return next((c for c in line.tree.all(i, "obl") if c > i and _amount(line, i, c)), None)


def _amount(line: Line, i: int, noun: int) -> bool:
    number = line.tree.child(noun, "nummod")
    if number is None:
        number = next((k for k in range(i + 1, noun) if line.upos(k) == "NUM"), None)
    before = [line.word(k) for k in range(i + 1, number or i)]
    return before in (["up", "to"], ["as", "many", "as"], ["more", "than"], ["fewer", "than"], ["less", "than"])


def parts(line: Line, i: int) -> tuple[int | None, int | None]:
    """(who does it, to whom or what) of a verb."""
    tree = line.tree
    if (tree.tokens[i].relation or "") == "amod":
        head = tree.heads[i]
        return (None, head) if line.tag(i) in ("VBN", "VBD") else (head, None)
    if passive(line, i):
        return agent(line, i), surface(line, i)
    return surface(line, i), done_to(line, i)


def prepositional(line: Line, i: int) -> Iterator[tuple[str, int]]:
    """(preposition, head word) of the phrases that hang on a word: `out of`, `from`."""
    tree = line.tree
    for child in tree.children[i]:
        if tree.relation(child) in ("obl", "nmod", "advmod", "advcl", "xcomp"):
            cases = [c for c in tree.children[child] if tree.relation(c) == "case" and c < child]
            if cases:
                words = [line.word(k) for k in range(cases[0], cases[-1] + 1)]
                words += [
                    line.word(c) for c in tree.children[cases[0]] if tree.relation(c) == "fixed" and c > cases[-1]
                ]
                yield " ".join(words), child


def phrase(line: Line, head: int, *, inner: frozenset[str] = frozenset({"of"})) -> Range:
    """The noun phrase of a word: without its preposition, clauses, appositions and time, and of the phrases that prepositions put
    behind it only those of `inner`. Contiguous: what stands behind something left out is left out."""
    tree = line.tree
    words, waiting = {head}, [head]
    while waiting:
        at = waiting.pop()
        for child in tree.children[at]:
            relation = tree.relation(child)
            opens = relation in ("case", "cc") and at == head and child < head
            kept = relation not in _LOOSE and not opens
            kept = kept and child not in line.times
            if relation in ("nmod", "obl") and (tree.tokens[child].relation or "") not in ("nmod:poss", "nmod:desc"):
                kept = kept and (child < at or tree.case(child) in inner)
            if relation == "acl" and child < at:
                kept = True
            if relation == "conj":
                kept = kept and line.upos(child) not in ("VERB", "AUX") and tree.child(child, "nsubj", "cop") is None
                kept = kept and not _parted(line, child)
            if relation in ("advmod", "amod") and child > at and line.upos(child) in ("ADV", "VERB", "ADJ"):
                kept = False
            if kept and child not in words:
                words.add(child)
                waiting.append(child)
    return _contiguous(line, words, head)


def _contiguous(line: Line, words: set[int], head: int) -> Range:
    """The stretch around the head: marks, hyphens and closing particles between two words that are kept are bridged."""
    start = end = head
    while True:
        below = max((w for w in words if w < start), default=None)
        if below is None or not all(_bridge(line, k) for k in range(below + 1, start)):
            break
        start = below
    while True:
        above = min((w for w in words if w > end), default=None)
        if above is None or not all(_bridge(line, k) for k in range(end + 1, above)):
            break
        end = above
    return start, end + 1


def _bridge(line: Line, k: int) -> bool:
    return line.upos(k) == "PUNCT" and line.word(k) not in (";", ":", "–", "—")


NOT = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "cannot", "hardly", "nearly", "almost"})


def clause(line: Line, i: int, roles: dict[str, Range]) -> Range:
    """The words that state it: the subject where it is near, the verb, its objects and phrases; not what only leans on it. Where these
    are few, also what they hang on: `the army is escalating [attacks on Homs]`, `a shell hit the house, [killing nine]`."""
    start, end = _core(line, i, roles)
    first = line.tree.heads[i] if line.tree.relation(i) == "conj" else i
    relative = (line.tree.tokens[first].relation or "").startswith("acl:relcl")
    relative = relative or (line.tree.relation(first) == "advcl" and line.tag(first) == "VBG")
    for begin, stop in roles.values():
        if begin < start and start - begin <= FAR and not relative:
            start = begin
        if stop > end and stop - i <= FAR:
            end = stop
    start, end = _within_marks(line, start, i), max(i + 1, min(end, i + 2 * FAR))
    at = i
    for _ in range(3):
        head, relation = line.tree.heads[at], line.tree.relation(at)
        if end - start >= SHORT or head == at or relation not in _WIDENING:
            break
        begin, stop = _core(line, head, {})
        begin, stop = min(start, _within_marks(line, begin, head)), max(end, stop)
        if stop - begin > LONG:
            break
        start, end, at = begin, stop, head
    return start, end


FAR = 22
"""Words: a subject further away is not part of the clause as it is quoted."""
SHORT, LONG = 6, 28
"""Words: a shorter clause is quoted with what it hangs on, unless that makes it longer than this."""
_WIDENING = frozenset({"acl", "obj", "obl", "nsubj", "nmod", "conj", "xcomp", "advcl", "compound", "amod"})


def _core(line: Line, i: int, roles: dict[str, Range]) -> Range:
    """A word with what belongs to it."""
    tree = line.tree
    inside = [i]
    for child in tree.children[i]:
        if _belongs(line, i, child):
            words = tree.below(child, without=_leaning(line, child))
            aside = len(words) > ASIDE and tree.relation(child) in ("obl", "advmod") and child > i
            if not aside or any(start <= child < end for start, end in roles.values()):
                inside += words
    return min(inside), max(inside) + 1


ASIDE = 12
"""Words: a longer phrase behind the verb that fills no role is not quoted with it."""


def _belongs(line: Line, i: int, child: int) -> bool:
    relation = line.tree.relation(child)
    if relation in (
        "punct",
        "parataxis",
        "conj",
        "cc",
        "discourse",
        "mark",
        "ccomp",
        "csubj",
        "vocative",
        "dislocated",
        "appos",
        "acl",
    ):
        return False
    if relation == "advcl":
        return False
    if relation == "nsubj" and child < i and i - child > FAR:
        return False
    return not (relation in ("obl", "advmod") and child < i and any(line.word(k) == "," for k in range(child, i)))


def _leaning(line: Line, at: int) -> list[int]:
    """Branches anywhere below that are clauses of their own."""
    tree, found, waiting = line.tree, [], [at]
    while waiting:
        for child in tree.children[waiting.pop()]:
            if (tree.tokens[child].relation or "") in ("acl:relcl", "parataxis", "advcl", "advcl:relcl", "ccomp") or (
                tree.relation(child) == "punct"
            ):
                found.append(child)
            else:
                waiting.append(child)
    return found


def _within_marks(line: Line, start: int, i: int) -> int:
    while start < i and line.upos(start) in ("PUNCT", "CCONJ"):
        start += 1
    return start
