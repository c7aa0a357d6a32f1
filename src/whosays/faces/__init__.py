"""How people meet the ledger: the command line (cli/), pages (web/), an API (api/), who may write (desk/), exports (export/); what pages
and API show is made in views/, what may be shown is decided by privacy.py. server.py puts the server together: read it first."""
