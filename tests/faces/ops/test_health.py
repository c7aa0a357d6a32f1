"""Health and figures: what is told, to whom, and when a server is not well."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.faces.ops.conftest import Dead, Site
from whosays.engines.worker import PageDone, WeighingDone
from whosays.faces.config import Shown
from whosays.faces.desk import Door
from whosays.faces.ops import folder_of, health
from whosays.ledger.tables import VERSION
from whosays.nouns import Meta
from whosays.profile import Step


def figures(text: str) -> dict[str, dict[tuple[str, ...], float]]:
    """Samples by name and the values of their labels, as Prometheus reads them."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def test_a_well_server_says_so_and_how_it_is(site: Site) -> None:
    answer = site.client().get("/health")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["status"], told["schema"], told["queue"]) == ("ok", VERSION, 0)
    assert told["disk_free"] > 0
    assert "faults" not in told
    assert answer.headers["cache-control"] == "no-store"


def test_who_is_elsewhere_is_told_whether_and_no_more(site: Site) -> None:
    for client in (site.client(near=False), site.client(service=site.public())):
        assert client.get("/health").json() == {"status": "ok"}


def test_it_lives_whatever_is_wrong(site: Site, samples_copy: Path) -> None:
    samples_copy.unlink()
    answer = site.client(near=False).get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_ledger_that_is_gone_is_a_fault(site: Site, samples_copy: Path) -> None:
    samples_copy.unlink()
    answer = site.client().get("/health")
    assert answer.status_code == 503
    assert "is gone" in answer.json()["faults"][0]
    far = site.client(near=False).get("/health")
    assert (far.status_code, far.json()) == (503, {"status": "bad"})


def test_a_damaged_ledger_is_a_fault(site: Site, samples_copy: Path) -> None:
    site.ops.service.ledger.close()
    for ending in ("-wal", "-shm"):
        Path(f"{samples_copy}{ending}").unlink(missing_ok=True)
    samples_copy.write_bytes(b"no database" * 1000)
    assert site.client().get("/health").status_code == 503


def test_a_worker_that_stays_away_is_a_fault_one_that_starts_again_is_not(site: Site) -> None:
    now = [0.0]
    worker = Dead()
    ops = health.Probe(replace(site.ops, worker=worker), lambda: now[0])  # type: ignore[arg-type]
    assert ops.look().status == "ok"
    now[0] = health.WORKER_STARTS + 1
    assert ops.look().status == "bad"
    worker.pid = os.getpid()
    assert ops.look().status == "ok"
    worker.pid = None
    assert ops.look().status == "ok", "the time counts anew"


def test_a_full_disk_is_a_fault(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=health.LEAST_ROOM - 1))
    answer = site.client().get("/health")
    assert answer.status_code == 503
    assert "Make room" in answer.json()["faults"][0]


def test_a_ledger_without_a_folder_has_no_disk() -> None:
    assert folder_of(":memory:") is None
    assert folder_of("postgresql://db/x") is None
    assert folder_of("/a/b.db") == Path("/a")


# ------------------------------------------------------------------------------------------------------------ figures


def test_figures_are_for_this_machine(site: Site) -> None:
    assert site.client().get("/metrics").status_code == 200
    assert site.client(near=False).get("/metrics").status_code == 404


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"])
def test_what_a_proxy_passes_on_is_not_from_this_machine(site: Site, name: str) -> None:
    assert site.client().get("/metrics", headers={name: "127.0.0.1"}).status_code == 404
    assert site.client().get("/health", headers={name: "127.0.0.1"}).json() == {"status": "ok"}


def test_who_asks_for_another_name_is_not_from_this_machine(site: Site) -> None:
    assert site.ops.desk is not None
    client = site.client(desk=replace(site.ops.desk, door=Door("127.0.0.1", 8765, "https://ledger.example.org")))
    assert client.get("/metrics", headers={"Host": "ledger.example.org"}).status_code == 404
    assert client.get("/metrics").status_code == 200


def test_figures_can_be_shown_to_all_or_to_nobody_and_never_in_public(site: Site) -> None:
    assert site.client(near=False, shown=Shown.ALL).get("/metrics").status_code == 200
    assert site.client(shown=Shown.OFF).get("/metrics").status_code == 404
    for shown in Shown:
        assert site.client(service=site.public(), shown=shown).get("/metrics").status_code == 404


def test_what_was_asked_done_and_held_is_counted(site: Site) -> None:
    client = site.client()
    client.get("/disputes?place=x")
    client.get("/place/geonames:706757")
    client.request("BREW", "/disputes")
    client.get("/nothing/Anna")
    site.ops.figures.hear(PageDone("new", claims=3, seconds=0.4, steps={Step.PAGES: 0.1, Step.MODEL: 0.2}))
    site.ops.figures.hear(PageDone("refused", "status", seconds=0.1))
    site.ops.figures.hear(WeighingDone(parts=2, seconds=1.5))
    assert site.ops.desk is not None
    site.ops.desk.jobs.submit(b"x", Meta(), by="anna")
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = figures(answer.text)
    assert found["whosays_pages_total"] == {("new",): 1, ("refused",): 1}
    assert found["whosays_refusals_total"] == {("status",): 1}
    assert found["whosays_claims_total"] == {(): 3}
    assert found["whosays_step_seconds_total"] == {("pages",): 0.1, ("model",): 0.2}
    assert found["whosays_weighed_parts_total"] == {(): 2}
    assert found["whosays_queue_pages"] == {(): 1}
    held = site.ops.service.ledger.counts()
    assert found["whosays_ledger_articles"] == {(): held.articles}
    assert found["whosays_ledger_claims"] == {(): held.claims}
    assert found["whosays_weighing_stale"] == {(): 0}
    assert found["whosays_memory_bytes"][("web",)] > 1e6
    asked = found["whosays_request_seconds_count"]
    assert asked[("GET", "/place/{key:path}", "200")] == 1
    assert asked[("other", "-", "403")] == 1
    assert asked[("GET", "-", "404")] == 1
    assert "Anna" not in answer.text


def test_counting_the_ledger_is_done_once_a_minute(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    now, asked = [0.0], list[int]()
    real = site.ops.service.ledger.counts
    monkeypatch.setattr(site.ops.service.ledger, "counts", lambda: (asked.append(1), real())[1])
    probe = health.Probe(site.ops, lambda: now[0])
    for second in (0.0, 30.0, 59.0, 61.0):
        now[0] = second
        probe._sample()
    assert len(asked) == 2


def test_the_lag_of_weighing_counts_from_when_it_was_seen(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    now, stale = [0.0], [True]
    kind = type(site.ops.service.ledger.weighings)
    monkeypatch.setattr(kind, "stale", lambda _: stale[0])
    probe = health.Probe(site.ops, lambda: now[0])
    lags = []
    for second, so in ((0.0, True), (7.0, True), (8.0, False), (9.0, True)):
        now[0], stale[0] = second, so
        probe._sample()
        lags.append(figures(site.ops.figures.text().decode())["whosays_weighing_lag_seconds"][()])
    assert lags == [0, 7, 0, 0]


def test_every_figure_is_documented(site: Site) -> None:
    text = (Path(__file__).parents[3] / "docs/operations.md").read_text("utf-8")
    client = site.client()
    client.get("/")
    site.ops.figures.hear(PageDone("refused", "status", steps={Step.PAGES: 0.1}))
    told = {
        family.name + ("_total" if family.type == "counter" else "")
        for family in text_string_to_metric_families(client.get("/metrics").text)
        if family.name.startswith("whosays_")
    }
    assert len(told) > 15
    assert [name for name in told if f"`{name}`" not in text] == []
