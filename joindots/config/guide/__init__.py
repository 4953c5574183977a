"""The generated pages of the guide: permissions, states and fields, from the code itself."""
