"""`python -m smartupload_testing URL …` is the command smartupload-qa."""

from smartupload_testing.command import main

if __name__ == "__main__":
    raise SystemExit(main())
