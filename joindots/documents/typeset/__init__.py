"""Pages: what their typefaces can show, the templates, and the child process that presses them."""
