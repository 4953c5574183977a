"""Everything that leaves by phone, text, mail or post; it obeys safe contact."""
