"""``make bench``: every benchmark that needs no data from elsewhere."""

from benchmarks import indexing, starting

starting.main()
indexing.main()
