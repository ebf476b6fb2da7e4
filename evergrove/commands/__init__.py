"""The subcommands of `evergrove`, a module each: add_arguments(parser), run(options) -> status."""
