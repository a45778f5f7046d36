"""What one person should know: written with the deed that causes it, read at the bell.

A notice is written in the transaction of what it tells about, so neither exists without the other. Stands
above people, below roster and tickets: whoever causes a notice calls `writing.put_notices`; nothing here
knows a ticket's rules. A notice belongs to one person: nobody reads or marks another's.
"""
