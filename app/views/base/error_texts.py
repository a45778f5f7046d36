"""What to say about each error code met in daily work: what happened, and what was kept or what to do."""

from __future__ import annotations

from app.views.base.i18n import N_, LazyText

# One sentence each; None where the kind of error says enough about what to do.
DESK_ERRORS: dict[str, tuple[LazyText, LazyText | None]] = {
    "store.lost": (
        N_("The database does not answer."),
        N_("What you typed is kept on this computer. The program tries again by itself."),
    ),
    "store.busy": (
        N_("The database is busy with somebody else's work."),
        N_("Nothing was saved yet. Try again in a moment; what you typed is kept."),
    ),
    "store.full": (
        N_("There is no room left on the disk that holds the database."),
        N_("Nothing was saved. Free some space on that disk, then try again; what you typed is kept."),
    ),
    "store.read_only": (
        N_("The database may only be read, not written."),
        N_("Nothing was saved. Ask whoever looks after the file or the server for the right to write."),
    ),
    "store.cannot_open": (
        N_("The database file cannot be opened."),
        N_("Check that the folder exists and that you may read it."),
    ),
    "store.damaged": (
        N_("The database file is damaged."),
        N_(
            "Stop working with it. Restore the newest verified backup in Settings, or ask your administrator."
        ),
    ),
    "store.foreign": (
        N_("This is not a Firstline database."),
        N_("Nothing was changed in it. Choose another file or server."),
    ),
    "store.empty": (
        N_("The database is empty."),
        N_("Set it up first: Firstline does that when you choose it on the start window."),
    ),
    "store.older": (
        N_("The database was made by an older version of Firstline."),
        N_("An administrator can update it; a verified backup is made first."),
    ),
    "store.newer": (
        N_("The database was made by a newer version of Firstline."),
        N_("Nothing was changed. Update the program on this computer."),
    ),
    "store.foreign_keys": (
        N_("{count} records point to others that do not exist."),
        N_("The update was taken back completely. Restore a verified backup or ask for help."),
    ),
    "store.pragma": (
        N_("The database file does not accept a setting that keeps data safe ({name})."),
        N_("Nothing was written. Move the file to a disk of this computer or use PostgreSQL."),
    ),
    "store.sqlite_too_old": (
        N_("The SQLite on this computer is too old ({found})."),
        N_("Install the program with its own SQLite, from the installer."),
    ),
    "store.synced_folder": (
        N_("This folder is synchronised with a cloud service, which would damage the database: {path}"),
        N_("Nothing was written. Choose a folder on this computer, a share, or PostgreSQL."),
    ),
    "store.bad_address": (
        N_("“{address}” is not the address of a database."),
        N_("Give the path of a file, or postgresql://user@host/database."),
    ),
    "store.sign_in_refused": (
        N_("The database server refused the name or the password."),
        N_("Check both in the connection settings."),
    ),
    "store.no_answer": (
        N_("No database answers at {address}."),
        N_("Check the server, its port, the database's name and your sign-in there, then try again."),
    ),
    "store.no_database": (
        N_("There is no such database on the server."),
        N_("Check its name, or ask for it to be created."),
    ),
    "store.too_many": (
        N_("The database server has no connection left."),
        N_("Try again in a moment. If it happens often, the server needs more connections."),
    ),
    "store.stale": (
        N_("Somebody saved this since you opened it."),
        N_("Nothing was overwritten. Look at what is there now and do it again."),
    ),
    "task.cancelled": (N_("Stopped."), N_("Nothing of it was kept.")),
    "draft.not_saved": (
        N_("Your unsaved text could not be kept on this computer."),
        N_("It is still in the form. Save it now, or free some disk space: {reason}"),
    ),
    "access.not_allowed": (
        N_("You may not do this: {permission}."),
        N_("Nothing was changed. These roles may: {who}"),
    ),
    "access.last_administrator": (
        N_("Somebody must remain who may manage access."),
        N_("Nothing was changed. Give another person that role first."),
    ),
    "people.not_found": (N_("This person does not exist any more."), None),
    "people.company_not_found": (N_("This company does not exist any more."), None),
    "people.team_not_found": (N_("This team does not exist any more."), None),
    "people.company_taken": (N_("There is already a company called “{name}”."), None),
    "people.department_taken": (N_("This company already has a department called “{name}”."), None),
    "people.department_not_found": (N_("There is no department “{name}” any more."), None),
    "people.name_missing": (N_("A name is missing."), None),
    "people.email_bad": (N_("“{email}” is not an e-mail address."), None),
    "people.login_bad": (
        N_("“{login}” cannot be a sign-in name."),
        N_("Use up to 64 characters without blanks."),
    ),
    "people.login_not_staff": (
        N_("Only members of the desk have a sign-in name."),
        N_("Mark the person as staff first, or leave the sign-in name empty."),
    ),
    "people.login_taken": (N_("The sign-in name “{login}” is already taken."), None),
    "people.source_taken": (N_("Another person has already been imported under “{source_key}”."), None),
    "people.number_unreadable": (N_("“{number}” is not a telephone number."), None),
    "people.number_too_long": (
        N_("“{number}” is too long for a telephone number (at most {most} digits)."),
        None,
    ),
    "people.mask_typed": (
        N_("“{text}” stands for something that is masked, and it is not clear for what."),
        N_("Show what is masked first, or type the whole new value."),
    ),
    "people.text_too_long": (N_("The field {field} holds at most {longest} characters."), None),
    "people.department_without_company": (
        N_("The department “{department}” needs a company."),
        N_("Choose the company first."),
    ),
    "people.team_code_missing": (N_("The team needs a code."), None),
    "people.team_code_taken": (N_("There is already a team with the code “{team}”."), None),
    "people.team_name_missing": (N_("The team “{team}” needs a name."), None),
    "people.team_line_bad": (N_("A team belongs to line 1, 2 or 3, not {line}."), None),
    "tickets.not_found": (N_("This ticket does not exist any more."), None),
    "tickets.number_not_found": (N_("There is no ticket {number}."), N_("Check the number.")),
    "tickets.number_bad": (N_("“{text}” is not a ticket number."), None),
    "tickets.move_refused": (
        N_("“{move}” is not possible while the ticket is “{status}”."),
        N_("Nothing was changed. Possible now: {possible}"),
    ),
    "tickets.gate": (
        N_("Before “{move}”, this is still needed: {missing}."),
        N_("Nothing was changed. What you typed is kept."),
    ),
    "tickets.only_desk_closes": (
        N_("Only the service desk closes tickets."),
        N_("Nothing was changed. Resolve the ticket; the desk closes it once the user has confirmed."),
    ),
    "tickets.refused_not_closed": (
        N_("The user says it is not solved, so the ticket cannot be closed."),
        N_("Nothing was changed. Record “Not solved” to go on working."),
    ),
    "tickets.reopen_window_over": (
        N_("This ticket could be reopened until {until}."),
        N_("Register a new ticket and link it to this one."),
    ),
    "tickets.duplicate_of_itself": (N_("A ticket cannot be a duplicate of itself."), None),
    "tickets.link_with_itself": (N_("A ticket cannot be linked to itself."), None),
    "tickets.reason_missing": (N_("A reason is missing."), None),
    "tickets.waiting_reason_retired": (
        N_("This waiting reason is not used any more."),
        N_("Choose another one."),
    ),
    "tickets.no_subject": (N_("The subject is missing or too long."), None),
    "tickets.subject_too_long": (
        N_("A subject holds at most {longest} characters."),
        N_("Put the details into the description."),
    ),
    "tickets.text_missing": (N_("There is no text yet."), None),
    "tickets.text_too_long": (
        N_("The text holds at most {longest} characters."),
        N_("Attach the rest as a file."),
    ),
    "tickets.not_editable": (N_("The field {field} cannot be changed this way."), None),
    "tickets.nothing_to_undo": (N_("There is nothing left to take back."), None),
    "tickets.file_empty": (N_("The file “{name}” is empty."), N_("Nothing was attached.")),
    "tickets.file_too_large": (
        N_("The file “{name}” is too large ({size} MB, at most {limit} MB)."),
        N_("Nothing was attached. Compress it or put it on a share and write down where."),
    ),
    "tickets.file_not_found": (N_("This file does not exist any more."), None),
    "tickets.major_already": (
        N_("#{number} is a major incident already."),
        N_("Nothing was changed. Add what you know as a note."),
    ),
    "tickets.major_not": (N_("#{number} is no major incident."), None),
    "tickets.major_not_open": (
        N_("#{number} is not open any more: {status}."),
        N_("Reopen it first, or register a new ticket."),
    ),
    "tickets.major_type": (
        N_("#{number} cannot be a major incident while its type is “{type}”."),
        N_("Nothing was changed. Only incidents and events of monitoring can be major."),
    ),
    "tickets.major_priority": (
        N_("#{number} is a major incident: it is P1 until that is withdrawn."),
        N_("Nothing was changed. Withdraw the major incident first."),
    ),
    "priority.reason_missing": (N_("Setting a priority by hand needs a reason."), None),
    "priority.unknown": (N_("There is no priority {priority}."), None),
    "search.too_long": (N_("The search is too long (at most {longest} characters)."), None),
    "search.quote_open": (N_("A quotation mark is not closed."), N_("Add the second quotation mark.")),
    "search.unknown_field": (N_("There is no field “{field}”."), N_("Did you mean “{suggestion}”?")),
    "search.unknown_value": (N_("“{value}” is not a value of {field}."), N_("Possible values: {known}")),
    "search.value_missing": (N_("The field {field} needs a value after the colon."), None),
    "search.not_ordered": (N_("The field {field} cannot be compared with < or >."), None),
    "search.nobody_named": (
        N_("Nobody is called “{value}”."),
        N_("Check the spelling, or search for the name as a word."),
    ),
    "knowledge.not_found": (N_("This article does not exist any more."), None),
    "knowledge.move_refused": (N_("An article that is “{before}” cannot become “{after}”."), None),
    "knowledge.no_title": (N_("The article needs a title."), None),
    "knowledge.no_body": (N_("The article needs a text."), None),
    "knowledge.title_too_long": (N_("A title holds at most {longest} characters."), None),
    "knowledge.body_too_long": (
        N_("An article holds at most {longest} characters."),
        N_("Split it into several articles and link them."),
    ),
    "access.sign_in_refused": (
        N_("The name or the password is wrong."),
        N_("Nobody was signed in. Check the keyboard's capital letters and try again."),
    ),
    "access.locked": (
        N_("Too many wrong passwords: signing in is locked until {until}."),
        N_("Wait, or ask an administrator to set a new password."),
    ),
    "access.no_login": (N_("{name} has no sign-in name."), N_("Give the person one first.")),
    "access.not_set_up": (N_("Nobody can sign in yet."), N_("Set up the first administrator.")),
    "access.password_same": (N_("The new password is the old one."), None),
    "access.password_short": (N_("The password needs at least {shortest} characters."), None),
    "access.password_long": (N_("The password holds at most {longest} characters."), None),
    "access.password_simple": (
        N_("This password is too simple."),
        N_("Use more different characters, or several words."),
    ),
    "access.password_common": (
        N_("This password is one of the first that are guessed."),
        N_("Choose another one; several words are good."),
    ),
    "access.password_is_name": (N_("The password must not be the sign-in name."), None),
    "access.permission_unknown": (N_("There is no permission “{permission}”."), None),
    "access.role_not_found": (N_("This role does not exist any more."), None),
    "access.role_name_missing": (N_("The role needs a name."), None),
    "access.role_name_long": (N_("The name of a role holds at most {longest} characters."), None),
    "catalogue.has_children": (
        N_("“{name}” still has entries below it."),
        N_("Nothing was changed. Move or retire those first."),
    ),
    "catalogue.parent_retired": (
        N_("“{name}” is not used any more, so nothing below it can be."),
        N_("Restore it first."),
    ),
    "catalogue.parent_missing": (N_("The entry above does not exist."), None),
    "catalogue.category_missing": (N_("This category does not exist any more."), None),
    "catalogue.service_missing": (N_("This service does not exist any more."), None),
    "catalogue.code_taken": (N_("The code “{entry}” is already used."), None),
    "catalogue.circle": (N_("An entry cannot stand below itself."), None),
    "catalogue.too_deep": (N_("Categories go {deepest} levels deep at most."), None),
    "catalogue.refusal_missing": (
        N_("The service “{service}” needs a sentence to say when it is refused."),
        None,
    ),
    "catalogue.name_missing": (N_("The entry needs a name."), None),
    "catalogue.text_too_long": (N_("The text is too long (at most {longest} characters)."), None),
    "catalogue.level_bad": (N_("{level} is not a level of impact or urgency."), None),
    "roster.no_shift_to_lead": (
        N_("This person has no shift that day, so they cannot lead it."),
        N_("Plan the shift first."),
    ),
    "roster.no_shift_now": (
        N_("No shift is running now, so there is none to write to."),
        N_("Publish the roster of today first."),
    ),
    "roster.note_empty": (N_("There is no text to hand over yet."), None),
    "roster.note_not_found": (N_("This note does not exist any more."), None),
    "roster.shift_not_found": (N_("This shift does not exist any more."), None),
}
