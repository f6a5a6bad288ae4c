"""The documentation as a site: what `mkdocs.yml` takes that does not lie in `docs/`."""
