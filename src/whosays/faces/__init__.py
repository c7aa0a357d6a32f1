"""How people meet the ledger: the command line, so far."""
