"""Orders over real wires: the sandbox shop over HTTP, Subiekt GT's database, and documents saved through Sfera."""

from tests.end_to_end.stage import symbol


def test_the_life_of_an_order(selling):
    order = selling.place((1, 3), (2, 5), remarks="Proszę rano")
    report = selling.run()
    assert (report.state, report.fault, report.failed) == ("done", None, 0)
    assert report.counts["done.register"] == report.counts["done.acknowledge"] == 1
    (document,) = selling.documents()
    assert document["dok_NrPelnyOryg"] == order["number"]
    assert document["dok_PlatnikId"] == selling.people.key("LUNA")
    assert (document["dok_MagId"], document["dok_KatId"]) == (1, 2)
    assert "Proszę rano" in document["dok_Uwagi"]
    assert [(row[0], row[1]) for row in selling.lines(document["id"])] == [(symbol(1), 3), (symbol(2), 5)]
    told = selling.order(order["id"])
    assert told["acknowledgement"]["erp_document_number"] == document["dok_NrPelny"]
    assert told["status"] == "accepted"
    with selling.clerk() as clerk:
        clerk.issue_wz(document["id"], {1: 1})
    selling.run()
    assert selling.order(order["id"])["status"] == "in_progress"
    with selling.clerk() as clerk:
        clerk.invoice(document["id"])
    selling.run()
    assert selling.order(order["id"])["status"] == "completed"
    again = selling.run()
    assert [name for name in again.counts if name.startswith("done.")] == []
    assert len(selling.documents()) == 1
