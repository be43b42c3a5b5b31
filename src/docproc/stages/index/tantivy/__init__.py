"""Index words with tantivy: BM25 over the terms of ``docproc.text.terms``.

The index holds ready terms between spaces and is asked with term queries, never through a
query language, so that a question's quotes, signs and colons mean nothing to it.

Beside single terms it holds pairs of neighbours, stop words left out, as terms of a field of
their own: words that stand together in the question count more where they stand together.
Measured over passages of 120 words, nDCG@10 without and with pairs: .969 and .971, .955 and
.957 on two sets of questions, .360 and .381 on a set of topics; pairs over one word between
add nothing to that.

A third field holds the keys of capitalised words (``docproc.text.names.keys``).  A name of the
question that no text spells so is looked for by its keys in place of itself; one that some
texts do spell so, a little, so that its other spellings are candidates too.
"""
