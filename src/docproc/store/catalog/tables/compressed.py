"""Texts and records of a catalog, compressed where that makes them smaller.

What is compressed is a BLOB of zlib's format (RFC 1950), which ends in a checksum; what would not
become smaller is kept as it is.  A dictionary, what the compressed is like, makes short ones small:
the search text of a passage is like its text, and a document's record like all others.
"""

from __future__ import annotations

import zlib

Kept = str | bytes
"""A text as it is, or compressed."""

_WINDOW = 1 << 15  # bytes that zlib looks back, and so the most of a dictionary that is of use
_BEGINS_JSON = b"{"  # and no stream of zlib's


def compress(text: str, like: str = "") -> Kept:
    """*text* as it is kept beside one that it is *like*.  Raises ``UnicodeEncodeError``."""
    data = text.encode()
    packed = _deflate(data, _dictionary(like))
    return packed if len(packed) < len(data) else text


def restore(kept: Kept, like: str = "") -> str:
    """The text that is *kept* beside one that it is *like*.  Raises ``zlib.error``."""
    return kept if isinstance(kept, str) else _inflate(kept, _dictionary(like)).decode()


def compress_record(record: bytes) -> bytes:
    """*record*, the JSON of a document without its text, as it is to be kept."""
    packed = _deflate(record, _RECORD)
    return packed if len(packed) < len(record) else record


def restore_record(kept: bytes) -> bytes:
    """The JSON of the record that is *kept*.  Raises ``zlib.error``."""
    return kept if kept.startswith(_BEGINS_JSON) else _inflate(kept, _RECORD)


def _dictionary(like: str) -> bytes:
    return like.encode()[-_WINDOW:]


def _deflate(data: bytes, dictionary: bytes) -> bytes:
    packer = zlib.compressobj(zdict=dictionary) if dictionary else zlib.compressobj()
    return packer.compress(data) + packer.flush()


def _inflate(packed: bytes, dictionary: bytes) -> bytes:
    unpacker = zlib.decompressobj(zdict=dictionary) if dictionary else zlib.decompressobj()
    data = unpacker.decompress(packed)
    if not unpacker.eof or unpacker.unused_data:
        raise zlib.error("a compressed text is cut short, or followed by something else")
    return data


_RECORD = (
    b'"persons":[{"name":"","given":null,"family":null,"identity":"","kind":"","born":null,'
    b'"died":null,"note":null}],"quoted":[{"span":{"start":0,"end":0}}],'
    b'"collection":{"title":"Papers","editors":[],"statement":null,"year":"19","volume":"Volume I",'
    b'"series":null,"publisher":"","place":""},"kind":"telegram","enclosures":[],"language":"en",'
    b'"kind":"letter","kind":"minutes","kind":"decree","kind":"memorandum",'
    b'"kind":"table","kind":"list","kind":"row","kind":"furniture","kind":"apparatus",'
    b'"kind":"quotation","kind":"enclosure","kind":"closing","kind":"opener","kind":"verse",'
    b'"references":[{"printed":"","scheme":"file number","components":[["fond","1"],["opis","1"],'
    b'["delo","1"],["list","1"],["series",""],["item",""]],"archive":null,"archive_now":null,'
    b'"span":{"start":9,"end":19}}],"witness":{"values":[]},"pages":[{"label":"4","span":{"start":0,'
    b'"end":332},"number":48,"image":""},{"label":"5","span":{"start":332,"end":1239},"number":49,'
    b'"image":""}],"search":{"edits":[{"span":{"start":718,"end":719},"replacement":"\'"},{"span":'
    b'{"start":1205,"end":1208},"replacement":""},{"span":{"start":1212,"end":1215},'
    b'"replacement":"-"}]},"persons":[],"quoted":[]}'
    b'{"source":{"path":"seeds/","media_type":"text/plain","media_type":"application/pdf",'
    b'"media_type":"text/html","media_type":"text/markdown","media_type":"text/xml","size":2254243,'
    b'"sha256":""},"text":"","member":"","blocks":[{"kind":"reference","span":{"start":0,"end":19},'
    b'"label":null,"anchor":null,"level":null,"hand":null},{"kind":"heading","span":{"start":21,'
    b'"end":81},"label":null,"anchor":null,"level":1,"hand":null},{"kind":"dateline","span":'
    b'{"start":95,"end":148},"label":null,"anchor":null,"level":null,"hand":null},{"kind":"note",'
    b'"span":{"start":1212,"end":1230},"label":"1","anchor":{"start":1205,"end":1208},"level":null,'
    b'"hand":null},{"kind":"signature","span":{"start":1232,"end":1239},"label":null,"anchor":null,'
    b'"level":null,"hand":null},{"kind":"paragraph","span":{"start":150,"end":190},"label":null,'
    b'"anchor":null,"level":null,"hand":null}],"metadata":{"title":{"text":"","span":{"start":21,'
    b'"end":81},"identity":null,"family":null,"name":null},"sender":{"text":"","span":null,'
    b'"identity":null,"family":null,"name":null},"recipient":{"text":"","span":null,"identity":null,'
    b'"family":null,"name":null},"place":{"text":"","span":{"start":95,"end":104},"identity":null,'
    b'"family":null,"name":null},"dates":[{"printed":"","edtf":"19","place":"dateline","span":'
    b'{"start":106,"end":129},"julian":null,"if_old_style":null}],"collection":null,"kind":null,'
    b'"enclosures":[],"language":"en","encoding":"utf-8","other":[],"number":null,"origin":null},'
    b'"references":[],"witness":null,"pages":[],"search":{"edits":[]},"persons":[],"quoted":[]}'
)
"""What a record is like.  It belongs to the format: with another, none that is kept can be read."""
