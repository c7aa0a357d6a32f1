"""What pages and API show: from ledger and weighings to msgspec Structs, each field described. One contract for both.

    common.py      Support Grade PlaceHead VoiceHead, and lists that go on (`Listed`)     paging.py   how they go on
    said.py        Said: a claim with the head of its article, in words
    articles.py    page(service, id)            the text, its claims, its disputes, its story
    claims.py      found(service, …)            claims that answer a filter
    places.py      page(service, key), found    lanes, disputes, claims of a place; places with counts
    control.py     at(service, as_of, …)        who holds what on a day, as known on a day
    disputes.py    found, one                   two claims that cannot both be true, side by side
    questions.py   found, one                   what claims speak of together, and its answers
    sources.py     page, found                  a voice: its record, its claims, who quotes it
    actors.py      page, found                  sides over time, relations
    judgements.py  found, one                   what analysts judged
    search.py      hits                         articles, places, voices by words
    home.py        home                         counts; is anything there
    changes.py     found                        places that changed hands or became disputed

A function takes the Service and plain parameters, and returns a Struct. It raises `Missing` where there is nothing of that name. What
may be shown (`Service.profile`) is decided here, so that no page and no route can forget it.
"""
