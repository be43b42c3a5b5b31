"""The pages: answers, refusals, documents, permalinks, lists; hostile text is only ever text."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from letters_served import LETTERS, SCRIPT

RYE = "How many sacks of seed rye should be sent?"


def citation_of(library, question=RYE):
    return library.ask(question).citations[0]


def test_an_answer_shows_the_quotation_its_reference_and_that_it_is_verbatim(reader, library):
    page = reader.get("/ask", params={"q": RYE}).text
    answer = library.ask(RYE)
    text = unescape(re.sub(r"<[^>]+>", "", page))
    for citation in answer.citations:
        assert " ".join(citation.quote.split()) in " ".join(text.split())
        assert citation.reference.printed in text
        assert f"/cite/{citation.identifier}" in page
    assert "✓ verbatim" in text
    assert "(now RGASPI)" in text
    assert "<mark>" in page
    assert "<blockquote" in page
    assert 'lang="en"' in page.split("<blockquote")[1]
    assert 'class="Z3988"' in page  # what Zotero's connector reads


def test_a_refusal_says_so_with_its_floor_and_the_nearest(reader, library):
    question = "Which zeppelin engine was bought in Lisbon?"
    answer = library.ask(question)
    assert not answer.citations
    page = unescape(reader.get("/ask", params={"q": question}).text)
    assert "Not found:" in page
    assert "below the floor of" in page
    assert "none is an answer" in page


def test_a_follow_up_is_completed_from_the_address_alone_and_the_completion_can_be_undone(reader):
    first = "Who is to hear of the theft at the station?"
    page = reader.get("/ask", params=[("q", first), ("q", "And when was that written?")]).text
    assert "understood" in page
    undo = unescape(re.search(r'href="(/ask\?[^"]*typed=2[^"]*)"', page)[1])
    again = reader.get(undo)
    assert again.status_code == 200
    assert 'class="understood"' in page
    assert 'class="understood"' not in again.text


def test_a_passage_is_marked_in_its_document_and_notes_stand_beside_their_anchors(reader, library):
    citation = citation_of(library)
    page = reader.get(f"/cite/{citation.identifier}").text
    assert '<mark class="passage">' in page
    dispatch = next(r for r in library.documents() if r.source.endswith("06-dispatch.xml"))
    page = reader.get(f"/document/{dispatch.id}").text
    note = re.search(r'<aside class="note" id="note-(\d+)"', page)[1]
    assert f'href="#note-{note}"' in page
    assert f'href="#mark-{note}"' in page
    assert page.count(f'id="note-{note}"') == 1
    assert "12v" in page


def test_a_permalink_is_the_stable_name_and_says_what_became_of_a_broken_one(reader, library):
    citation = citation_of(library)
    assert reader.get(f"/cite/{citation.identifier}").status_code == 200
    assert reader.get(f"/passage/{citation.passage_id}").status_code == 200
    gone = citation.identifier[:-4] + "0000"
    broken = reader.get(f"/cite/{gone}")
    assert broken.status_code == 410
    assert "broken" in broken.text
    assert reader.get("/cite/nothing").status_code == 404
    assert reader.get("/document/nothing").status_code == 404


def test_a_citation_is_saved_in_the_formats_of_reference_managers(reader, library):
    citation = citation_of(library)
    for style, sign, suffix in (
        ("ris", "TY  -", "ris"), ("bibtex", "@", "bib"), ("csl-json", '"type"', "json"),
    ):  # fmt: skip
        saved = reader.get(f"/cite/{citation.identifier}/{style}")
        assert saved.status_code == 200
        assert sign in saved.text
        assert saved.headers["content-disposition"].startswith("attachment")
        assert f".{suffix}" in saved.headers["content-disposition"]
        assert saved.text.strip() == library.cite(citation.identifier, style=style).strip()
    assert reader.get(f"/cite/{citation.identifier}/unheard-of").status_code == 404


def test_words_are_found_within_a_document_and_numbered(reader, library):
    citation = citation_of(library)
    page = reader.get(f"/document/{citation.document_id}", params={"find": "the  river"}).text
    assert 'id="found-1"' in page
    assert "1 place" in page
    nothing = reader.get(f"/document/{citation.document_id}", params={"find": "zeppelin"})
    assert "No places" in nothing.text


def test_the_source_is_saved_byte_for_byte_and_never_opened(reader, library, room_workspace):
    citation = citation_of(library)
    saved = reader.get(f"/source/{citation.document_id}")
    assert saved.content == (room_workspace / citation.source.path).read_bytes()
    assert saved.headers["content-disposition"].startswith("attachment")
    assert saved.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in saved.headers["content-security-policy"]


def test_a_person_s_letters_are_those_from_and_to_and_a_link_leads_to_every_mention(reader):
    page = reader.get("/browse").text
    (link, count) = re.search(
        r'href="(/browse\?person=P\.\+Orlov)"><bdi>P\. Orlov</bdi></a><span class="soft">(\d+)',
        page,
    ).groups()
    one = reader.get(link).text
    assert f"<h2>{count} documents</h2>" in one
    rows = re.findall(r"<td><bdi>([^<]*Orlov[^<]*)</bdi></td>", one)
    assert len(rows) == int(count)
    assert {each.startswith("P. Orlov") for each in rows} == {True, False}
    assert 'href="/mentions?name=P.+Orlov"' in one
    assert reader.get("/mentions", params={"name": "P. Orlov"}).status_code == 200


def test_lists_are_narrowed_by_facets_and_by_the_bars_of_the_timeline(reader):
    page = reader.get("/browse").text
    assert f"{len(LETTERS) + 3} documents" in page
    links = [unescape(x) for x in re.findall(r'href="(/browse\?[^"]+)"', page)]
    assert any("sender=" in link for link in links)
    assert any("from=1921-10" in link for link in links)
    for link in links:
        assert reader.get(link).status_code == 200, link
    one = reader.get("/browse", params={"sender": "P. Orlov"}).text
    assert "1 document<" in one


def test_every_mention_is_listed_counted_and_exported(reader, library):
    page = reader.get("/mentions", params={"name": "Lebedeva"}).text
    found = library.mentions("Lebedeva")
    assert f"{len(found.mentions)} passages of {found.documents} documents" in page
    assert "Лебедева" in page
    table = reader.get("/mentions.csv", params={"name": "Lebedeva"})
    assert table.text.count("\n") == len(found.mentions) + 1
    assert reader.get("/mentions.json", params={"name": "Lebedeva"}).json()["passages"] == len(
        found.mentions
    )
    assert "in any spelling" in reader.get("/mentions", params={"name": "Quetzal"}).text


def test_more_like_this_leaves_out_the_document_itself(reader, library):
    citation = citation_of(library)
    page = reader.get(f"/alike/{citation.passage_id}")
    assert page.status_code == 200
    for each in library.around.similar(citation):
        assert each.document_id != citation.document_id
        assert f"/cite/{each.identifier}" in page.text


def document_of(library, source: str):
    (row,) = [row for row in library.documents() if row.source.endswith(source)]
    return row


def test_a_document_can_be_cited_kept_and_read_by_zotero_as_a_whole(reader, library):
    from lxml import html

    page = reader.get(f"/document/{document_of(library, '02-horses.txt').id}").text
    tags = html.fromstring(page).xpath("/html/head/meta[contains(@name, '.')]")
    found = {tag.get("name"): tag.get("content") for tag in tags}
    identifier = found.pop("z.extra")  # what follows are fields of Zotero's, and Dublin Core's
    assert found == {
        "z.itemType": "letter",
        "dc.title": "A. Lebedeva to P. Orlov",
        "dc.creator": "A. Lebedeva",
        "z.recipients": "P. Orlov",
        "dc.date": "1921-11-03",
        "dc.language": "en",
        "z.archive": "RTsKhIDNI (now RGASPI)",
        "z.archiveLocation": "F. 558. Op. 2. D. 52. L. 3",
    }
    assert library.citation(identifier).source.path.endswith("02-horses.txt")
    assert 'class="Z3988"' not in page  # or there would be two items of it
    assert "F. 558. Op. 2. D. 52" in page.partition('<div class="cites">')[2]
    assert "/dossiers/keep?name=docproc" in page
    assert "the marked words" not in page


def test_what_is_known_of_a_document_is_what_the_terminal_says_and_leads_to_its_like(
    reader, library
):
    from docproc.rendering.document_view import list_facts

    row = document_of(library, "02-horses.txt")
    document = library.document(row.id)
    page = reader.get(f"/document/{row.id}").text
    table = page.partition('<table class="facts">')[2].partition("</table>")[0]
    for label, value in list_facts(document, library.passages(document)):
        assert f">{label}<" in table or not label
        assert " ".join(value.split()) in table
    assert '<a href="/browse?sender=A.+Lebedeva">' in table


def test_the_page_image_stands_beside_the_text_with_the_passage_marked(reader, library):
    found = library.ask("How many lanterns were received for the lighthouse?").citations[0]
    page = reader.get(f"/cite/{found.identifier}?page=1").text
    assert "with the passage marked" in page
    image = page.partition('<img src="')[2].partition('"')[0].replace("&amp;", "&")
    assert reader.get(image).content.startswith(b"\x89PNG")


def test_an_image_that_is_not_there_is_said_and_leaves_no_broken_one(reader, library):
    page = reader.get(f"/document/{document_of(library, '08-bell.hocr').id}?page=1").text
    assert "lost.png, does not lie beside it" in page
    assert "<img" not in page


def test_the_image_that_a_source_names_elsewhere_is_a_link_and_is_not_loaded(reader, library):
    page = reader.get(f"/document/{document_of(library, '06-dispatch.xml').id}").text
    link = '<a href="https://images.example.org/iiif/12r/full/max/0/default.jpg" rel="noopener'
    assert link in page
    assert "<img" not in page


def test_two_documents_are_set_side_by_side(reader, library):
    one, other = (row.id for row in library.documents()[:2])
    page = reader.get(f"/compare/{one}/{other}").text
    assert "of the words in common" in page
    assert "<mark>" in page


ADDRESSES = (
    "/", "/ask?q=seed+rye", "/ask?q=zeppelin", "/browse", "/correspondents", "/status",
    "/mentions?name=ferry", "/mentions?name=envoy", "/browse?sort=title",
)  # fmt: skip


@pytest.fixture(scope="module")
def every_page(app, library):
    from letters_served import TOKEN
    from starlette.testclient import TestClient

    with TestClient(app, base_url="http://127.0.0.1") as client:
        client.get("/", params={"token": TOKEN})
        addresses = list(ADDRESSES)
        for row in library.documents():
            addresses.append(f"/document/{row.id}?find=script")
            first = library.citation(row.id)
            addresses += [f"/cite/{first.identifier}", f"/alike/{first.passage_id}"]
            addresses.append(f"/ask?q={quote(first.quote[:200])}")
        yield {address: client.get(address) for address in addresses}


def test_hostile_words_stay_words_on_every_page(every_page):
    for address, response in every_page.items():
        assert response.status_code == 200, address
        page = response.text
        assert SCRIPT not in page, address
        assert "<script>" not in page, address
        assert "<img src=x" not in page, address
        assert " onerror=" not in re.sub(r'&lt;.*?&gt;|value="[^"]*"', "", page), address
        assert "<b>not bold" not in page
        assert "\u202e" not in re.sub(r'value="[^"]*"', "", page), address
        assert "style=" not in page.replace("&#", ""), address
        assert len(page) < 200_000, address


def test_every_page_has_one_heading_a_language_and_unique_ids(every_page):
    for address, response in every_page.items():
        page = response.text
        assert page.count("<h1") == 1, address
        assert '<html lang="en">' in page
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), (address, [i for i in ids if ids.count(i) > 1][:3])
        assert "http://" not in re.sub(r'title="[^"]*"', "", page.replace("http://www.w3.org", ""))


def test_an_error_is_a_page_that_says_what_was_wrong(reader):
    assert reader.get("/no/such/page").status_code == 404
    wrong = reader.get("/browse", params={"from": "the day before yesterday"})
    assert wrong.status_code == 400
    assert "That did not work" in wrong.text
    long = reader.get("/ask", params={"q": "x" * 5000})
    assert long.status_code == 400
    assert reader.get("/ask", params={"q": "rye", "scope": "sender"}).status_code == 400


def test_nothing_published_is_said_and_not_a_failure(tmp_path):
    from starlette.testclient import TestClient

    import docproc
    from docproc.serving.application import application
    from docproc.serving.service.safety import Admission
    from docproc.serving.service.service import Service

    (tmp_path / "config.toml").write_text("", "utf-8")
    (tmp_path / "seeds").mkdir()
    made = application(Service(docproc.open(tmp_path), Admission(token="t")))
    with TestClient(made, base_url="http://127.0.0.1") as client:
        page = client.get("/", params={"token": "t"})
    assert page.status_code == 503
    assert "docproc index" in page.text


def test_zoteros_connector_reads_what_a_page_is_of(reader, library):
    """As its COinS translator does: every ``span.Z3988``, its title as an OpenURL."""
    from urllib.parse import parse_qs

    from lxml import html

    page = html.fromstring(reader.get("/ask", params={"q": RYE}).text)
    citations = library.ask(RYE).citations
    found = [
        parse_qs(span.get("title"), strict_parsing=True)
        for span in page.xpath("//span[@class='Z3988']")
    ]
    assert len(found) == len(citations)
    for read, citation in zip(found, citations, strict=True):
        assert read["ctx_ver"] == ["Z39.88-2004"]
        assert read["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
        assert read["rft.type"] == ["letter"]  # an item type of Zotero's
        assert read["rft.creator"] == [citation.metadata.sender.text]
        assert read["rft.date"] == [citation.metadata.date.edtf]
        assert read["rft.source"] == [citation.reference.printed]
        assert read["rft.identifier"] == [citation.identifier]


def test_a_leaf_that_begins_within_a_paragraph_is_named_where_it_begins(reader, library):
    from lxml import html

    address = f"/document/{document_of(library, '06-dispatch.xml').id}"
    page = html.fromstring(reader.get(address).text)
    (sign,) = page.xpath("//span[@class='break']")
    assert sign.get("data-leaf") == '13 "r'
    assert " ".join(sign.getparent().text.split()) == "He asked the council for passage"
    assert sign.tail.startswith("through the mountain")
    assert not sign.text  # copied, the words are those of the source
    (leaf,) = sign.getparent().xpath("*[@class='leaf']")
    assert leaf.getnext() is sign  # its number in the margin stands beside that line
    assert leaf.get("data-leaf") == '13 "r'
    assert not leaf.text_content()
    assert not leaf.tail
    assert [each for each in page.xpath("//@id") if each == leaf.get("id")] == [leaf.get("id")]


@pytest.mark.parametrize("style", ["plain", "chicago", "gost"])
def test_a_citation_can_be_copied_in_each_style_as_the_terminal_writes_it(reader, library, style):
    from lxml import html

    citation = library.ask(RYE).citations[0]
    page = html.fromstring(reader.get("/ask", params={"q": RYE}).text)
    (field,) = page.xpath(f"//textarea[@id='cite-1-{style}']")
    assert field.text.strip() == library.cite(citation.identifier, style=style).strip()
    assert page.xpath(f"//button[@data-copy='cite-1-{style}']")


def test_status_tells_sizes_as_people_read_them_and_counts_as_they_are(reader, library):
    page = unescape(re.sub(r"<[^>]+>", " ", reader.get("/status").text))
    found = library.status()
    assert "MB" in page
    for size in (found["holds"]["bytes"], *found["disk"].values()):
        if isinstance(size, int) and size >= 1000:
            assert f" {size:,} " not in page
    assert f" {found['holds']['passages']:,} " in page
