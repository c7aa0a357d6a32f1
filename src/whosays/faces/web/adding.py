"""Pages are handed in here, as a file or an address, and one sees what becomes of them.

    routes() -> routes      GET and POST /add      GET /jobs: one's own, the last first

Only who may hand in pages sees either. The worker beside the server takes them (`engines/jobs.py`): nothing is fetched or read here, and
an address that must not be fetched is refused there, in words, as the job's outcome. What is wrong with the form comes back at it.
"""

from __future__ import annotations

from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from whosays.engines.jobs import OPEN, Jobs
from whosays.errors import Misuse
from whosays.faces import desk
from whosays.faces.desk import Act, Scope
from whosays.faces.web import asked
from whosays.faces.web.correcting import text
from whosays.faces.web.rendering import render
from whosays.nouns import Meta

LONGEST = 2_000
"""Characters of an address."""


def routes() -> list[BaseRoute]:
    """The form, and what became of what was sent."""
    return [Route("/add", ask), Route("/add", take, methods=["POST"]), Route("/jobs", listing)]


def ask(request: Request) -> Response:
    """The form. Raises HTTPException 401, 403, or 404 without a worker."""
    desk.require(request, Scope.INGEST)
    _jobs(request)
    return render(request, "add.html", typed={}, error=None)


async def take(request: Request) -> Response:
    """Put the page into the queue. Raises HTTPException 401, 403, or 404 without a worker."""
    user = await desk.writer(request, Scope.INGEST)
    jobs, form = _jobs(request), await desk.form(request)
    try:
        what, meta = await _page(form)
        job = await run_in_threadpool(jobs.submit, what, meta, by=user.name)
    except Misuse as error:
        typed = {name: text(form, name) for name in ("url", "published")}
        return render(request, "add.html", 422, typed=typed, error=str(error))
    desk.note(request, Act.SUBMITTED, job.url or job.name or "a page")
    return RedirectResponse(f"/jobs#j-{job.id}", 303)


def listing(request: Request) -> Response:
    """What became of one's own pages. Raises HTTPException 401, 403, or 404 without a worker."""
    user = desk.require(request, Scope.INGEST)
    found = _jobs(request).recent(user.name)
    return render(request, "jobs.html", jobs=found, waits=any(one.state in OPEN for one in found))


async def _page(form: FormData) -> tuple[bytes | str, Meta]:
    """What is handed in, and what is known of it. Raises Misuse."""
    published = _day(text(form, "published"))
    url, file = text(form, "url"), form.get("page")
    data = await file.read() if isinstance(file, UploadFile) else b""
    named = isinstance(file, UploadFile) and bool(file.filename)
    if named and url:
        raise Misuse("A file and an address: give one of the two. (Choose the file again.)")
    if isinstance(file, UploadFile) and named:
        if not data:
            raise Misuse(f"{file.filename}: the file is empty.")
        return data, Meta(name=file.filename, content_type=file.content_type, published=published)
    if not url:
        raise Misuse("Neither a file nor an address: give one of the two.")
    if not url.lower().startswith(("http://", "https://")) or len(url) > LONGEST:
        raise Misuse(f"{url[:80]!r} is no address of a page. It begins with https:// or http://.")
    return url, Meta(url=url, published=published)


def _day(words: str) -> date | None:
    return asked.as_day(words, "Published: ")


def _jobs(request: Request) -> Jobs:
    jobs: Jobs | None = request.app.state.jobs
    if jobs is None:
        raise HTTPException(404, "This server reads no pages: it was started without a worker.")
    return jobs
