"""Looking after the database as a whole: what it is, who can reach it, backups and whether it is sound.

Opening, setting up and updating a database belong to `services/shell`; how a backup is written and proved is
in `models/backup.py`. Start with `queries.py`.
"""
