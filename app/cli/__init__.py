"""`python main.py COMMAND`: one module per feature, each with `register(commands)` and `run(args, env) -> int`.

No Qt here, and nothing that a query or a command of the services should do: if a command is hard to write, the
logic sits in the wrong place. Start reading at `parser.py`, where the recipe for a new command stands.
"""
