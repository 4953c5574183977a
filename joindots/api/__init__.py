"""One OpenAPI service over the same queries and actions: what partners' systems may do, and how they fail."""
