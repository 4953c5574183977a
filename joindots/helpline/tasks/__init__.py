"""What queries and actions of the helpline both ask, and how words reach a contact's sealed columns."""
