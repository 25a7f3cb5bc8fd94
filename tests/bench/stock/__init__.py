"""The site ``wagtail start`` makes, with one kind of page and its search on Elasticsearch: what ours is measured
against. The files beside this one are laid over the new project; nothing of ours is in it."""
