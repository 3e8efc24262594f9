"""Bytes by their hash, and whole lists of links (section 11)."""

import hashlib

import pytest

PICTURE = b"\x89PNG picture"


def sha(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(autouse=True)
def product(session, goods):
    session.stored("products", goods.product("1"), goods.product("2"))


def missing(call, *hashes, **more):
    answer = call.post("/v1/files:missing", json={"sha256": list(hashes), **more})
    assert answer.status_code == 200, answer.text
    return answer.json()["missing"]


def test_which_hashes_are_missing(session, call):
    assert missing(call, sha(PICTURE), sha(b"other"), sha(PICTURE)) == [sha(PICTURE), sha(b"other")]
    answer = session.upload(PICTURE)
    assert (answer.status_code, answer.json()["result"]) == (201, "created")
    assert (session.upload(PICTURE).status_code, missing(call, sha(PICTURE), sha(b"other"))) == (200, [sha(b"other")])


def test_faulty_questions(session, call, is_problem):
    ask = lambda body: call.post("/v1/files:missing", json=body)  # noqa: E731
    is_problem(ask({"sha256": ["X" * 64]}), 422, "validation-failed", ("/sha256/0", "wrong-format"))
    is_problem(ask({"sha256": [sha(PICTURE)] * 1001}), 413, "payload-too-large")
    is_problem(ask({}), 422, "validation-failed", ("/sha256", "required"))


def test_digests(session, is_problem):
    other = sha(b"other")
    is_problem(session.upload(PICTURE, sha256=other), 422, "digest-path-mismatch")
    is_problem(session.upload(PICTURE, digest="sha-256=:AAAA:"), 400, "digest-mismatch")
    is_problem(
        session.upload(PICTURE, digest="md5=:AAAA:"),
        422,
        "validation-failed",
        ("/Content-Digest", "missing-content-digest"),
    )
    is_problem(session.upload(PICTURE, sha256="short"), 422, "validation-failed", ("/sha256", "wrong-format"))
    assert session.call.state("files")["files"] == {}


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf"])
def test_types_taken(session, call, media_type):
    assert session.upload(PICTURE, media_type).status_code == 201
    assert call.state("files")["files"][sha(PICTURE)] == {"size": 12, "media_type": media_type, "linked": False}


def test_what_is_not_taken(session, call, is_problem):
    for media_type in ("image/svg+xml", "text/html", "application/json"):
        is_problem(session.upload(PICTURE, media_type), 415, "unsupported-media-type")
    call.settings(limits={"max_file_bytes": 11})
    is_problem(session.upload(PICTURE), 413, "payload-too-large")
    call.settings(capabilities=[])
    is_problem(session.upload(PICTURE[:5]), 404, "not-found")
    is_problem(session.send("file-links"), 404, "not-found")


def test_a_list_of_links_is_whole(session, call, goods):
    hashes = [session.upload(content).json()["sha256"] for content in (b"a", b"b", b"c")]
    result = session.one("file-links", goods.links("1", *hashes[:2]))
    assert (result["owner"], result["result"]) == ({"kind": "product", "erp_id": "1"}, "created")
    session.stored("file-links", goods.links("1", hashes[2], hashes[0], stamp=2))
    kept = call.state("file_links")["file_links"]["product:1"]
    assert [link["sha256"] for link in kept["files"]] == [hashes[2], hashes[0]]
    assert session.stored("file-links", {"op": "withdraw", "owner": kept["owner"], "stamp": 3}) == ["withdrawn"]
    assert call.state("file_links")["file_links"]["product:1"]["files"] == []


def test_links_need_their_bytes(session, goods, is_refused):
    there = session.upload(PICTURE).json()["sha256"]
    is_refused(session.one("file-links", goods.links("1", there, sha(b"b"))), 409, "file-missing", "/files/1/sha256")


@pytest.mark.parametrize(
    "changes, status, code, pointer",
    [
        ({"owner": {"kind": "product", "erp_id": "404"}}, 404, "product-unknown", "/owner/erp_id"),
        ({"owner": {"kind": "group", "erp_id": "404"}}, 404, "not-found", "/owner/erp_id"),
        ({"owner": {"kind": "shelf", "erp_id": "1"}}, 422, "validation-failed", "/owner/kind"),
        ({"owner": None}, 422, "validation-failed", "/owner"),
        ({"files": [{"position": 1}, {"position": 1}]}, 422, "validation-failed", "/files/1/position"),
        ({"files": [{"main": True}, {"main": True, "position": 2}]}, 422, "validation-failed", "/files"),
        ({"files": [{"main": True, "role": "attachment"}]}, 422, "validation-failed", "/files/0/main"),
        ({"files": [{"role": "banner"}]}, 422, "validation-failed", "/files/0/role"),
        ({"files": [{"alt": "x" * 501}]}, 422, "validation-failed", "/files/0/alt"),
        ({"files": [{"link": "javascript:x"}]}, 422, "validation-failed", "/files/0/link"),
        ({"files": [{"position": place} for place in range(51)]}, 413, "payload-too-large", "/files"),
    ],
)
def test_refused_links(session, goods, is_refused, changes, status, code, pointer):
    there = session.upload(PICTURE).json()["sha256"]
    item = {**goods.links("1", there), **changes}
    item["files"] = [{"sha256": there, "role": "image", "position": 1, **link} for link in item["files"]]
    is_refused(session.one("file-links", item), status, code, pointer)


def test_one_main_picture_in_each_language(session, goods):
    there = session.upload(PICTURE).json()["sha256"]
    files = [{"sha256": there, "role": "image", "position": place, "lang": lang, "main": True}
             for place, lang in enumerate((None, "pl", "en"))]  # fmt: skip
    owners = [("product", "1"), ("group", "10"), ("producer", "7"), ("brand", "7")]
    items = [{**goods.links(erp_id, kind=kind), "files": files} for kind, erp_id in owners]
    assert session.stored("file-links", *items) == ["created"] * 4


def test_bytes_nobody_links_to_live_thirty_days(session, call, goods):
    kept, loose = (session.upload(content).json()["sha256"] for content in (b"kept", b"loose"))
    session.stored("file-links", goods.links("1", kept))
    call.clock(advance_s=30 * 86400 - 1)
    assert missing(call, kept, loose) == []
    call.clock(advance_s=1)
    assert missing(call, kept, loose) == [loose]
    session = call.session("files", takeover=True)
    session.stored("file-links", goods.links("1", stamp=2))
    call.clock(advance_s=30 * 86400)
    assert missing(call, kept) == [kept]


def test_full_files_sweep_links_only(session, call, goods):
    first, second = (session.upload(content).json()["sha256"] for content in (b"1", b"2"))
    session.stored("file-links", goods.links("1", first), goods.links("2", second))
    session.ask("abort")
    full = call.session("files", full=("files",))
    full.stored("file-links", goods.links("1", first))
    assert full.commit(("files", 1)).json()["areas"][0]["withdrawn"] == 1
    assert call.state("file_links")["file_links"]["product:2"]["files"] == []
    assert set(call.state("files")["files"]) == {first, second}


def test_a_bad_copy_is_found_when_asked_to_verify(session, call):
    first = session.upload(PICTURE).json()["sha256"]
    call.faults({"kind": "corrupt_file", "sha256": first})
    assert (missing(call, first), missing(call, first, verify=True)) == ([], [first])
    assert session.upload(PICTURE).status_code == 201
    assert missing(call, first, verify=True) == []
    call.faults({"kind": "corrupt_file"})
    second = session.upload(b"next").json()["sha256"]
    assert missing(call, first, second, verify=True) == [second]


def test_uploads_have_a_rate_of_their_own(session, call, is_problem):
    call.settings(limits={"uploads_per_minute": 2})
    assert [session.upload(content).status_code for content in (b"1", b"2")] == [201, 201]
    answer = session.upload(b"3")
    is_problem(answer, 429, "rate-limited")
    assert int(answer.headers["retry-after"]) > 0
    assert call.get("/v1/shop").status_code == 200
