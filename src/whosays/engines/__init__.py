"""Ways to run the pipeline over many inputs.

local.py   pages into a ledger, on this machine         pool.py   reader_process.py   several processes read
filing.py  one page into a ledger, exactly once         copying.py                    what it has in common with others
parts.py   archives into Parquet, parts into a ledger   dask.py                       the same on many machines
watch/     feeds, lists and folders as they come        jobs.py   worker.py           pages that a server was given
weighing.py  standing.py  judging.py                    what is in the ledger, weighed and judged
"""
