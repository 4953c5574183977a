"""The commands of `joindots`, one module each with `main`. `read` and `chronology` import no Django."""
